-- The orders as they stand now: what is new is inserted, what changed is updated. Orders and lines side by side.

-- session
update orders k
set state = o.state, created = o.created, paid = o.paid, completed = o.completed, gross_fen = o.gross_fen,
  freight_fen = o.freight_fen, refunded_fen = o.refunded_fen, item_count = o.item_count, member_id = o.member_id,
  base_fen = d.base_fen, back_fen = d.back_fen
from tonight.o_now o
join (select order_id, sum(base_fen) as base_fen, sum(back_fen) as back_fen from tonight.decided where known group by order_id) d
  using (order_id)
where o.known and k.order_id = o.order_id and (o.newer or k.back_fen <> d.back_fen);
insert into orders
select o.order_id, o.shop_id, o.order_no, o.state, o.created, o.paid, o.completed, o.gross_fen, o.freight_fen, o.refunded_fen,
  o.item_count, o.member_id, d.base_fen, d.back_fen
from tonight.o_now o
join (select order_id, sum(base_fen) as base_fen, sum(back_fen) as back_fen from tonight.decided where not known group by order_id) d
  using (order_id)
where not o.known
order by o.order_id;

-- session
update lines k
set state = d.state, refund_state = d.refund_state, refunded_fen = d.refunded_fen, base_fen = d.base_fen,
  earned = d.earn_now, clawed = d.claw_now
from tonight.decided d
where d.known and (d.newer or d.earn_now <> d.earned or d.claw_now <> d.clawed)
  and k.order_id = d.order_id and k.line = d.line;
insert into lines
select order_id, line, sku, qty, price_fen, due_fen, state, refund_state, refunded_fen, base_fen, earn_now, claw_now
from tonight.decided
where not known
order by order_id, line;
