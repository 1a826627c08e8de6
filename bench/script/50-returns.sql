-- Return rows of the till, in order of time and key: each takes what is left of the latest sale of the same member and
-- SKU at or before it, the rest goes on to the next; what finds no sale is taken back at once, soonest-expiring first.

insert into till_sale
select o.member_id, s.sku, s.at, s.order_no, o.order_id, s.line, s.amount_fen
from tonight.scan s join tonight.o_now o on o.shop_id = 2 and o.order_no = s.order_no
where s.amount_fen >= 0 and not o.known;

create unlogged table tonight.matched (order_id bigint not null, line text not null, at timestamp not null, amount_fen bigint not null);
create unlogged table tonight.orphan (member_id integer not null, at timestamp not null, order_no text not null, line text not null, amount_fen bigint not null);

do $$
declare
  r record;
  s record;
  rest bigint;
  part bigint;
begin
  for r in
    select w.member_id, x.sku, x.at, x.order_no, x.line, -x.amount_fen as amount_fen
    from tonight.scan x join tonight.owner w on w.shop_id = 2 and w.buyer = x.kh
    where x.amount_fen < 0
    order by x.at, x.order_no, x.line
  loop
    rest := r.amount_fen;
    for s in
      select ctid, * from till_sale t
      where t.member_id = r.member_id and t.sku = r.sku and t.at <= r.at and t.left_fen > 0
      order by t.at desc, t.order_no, t.line
    loop
      exit when rest = 0;
      part := least(rest, s.left_fen);
      update till_sale set left_fen = left_fen - part where ctid = s.ctid;
      insert into tonight.matched values (s.order_id, s.line, r.at, part);
      rest := rest - part;
    end loop;
    if rest > 0 then
      insert into tonight.orphan values (r.member_id, r.at, r.order_no, r.line, rest);
    end if;
  end loop;
end $$;
analyze tonight.matched;

-- Sales that got something back are looked at again.
insert into tonight.o_now
select k.order_id, k.shop_id, k.order_no, true, true, k.state, k.created, k.paid, k.completed, k.gross_fen, k.freight_fen,
  k.refunded_fen, k.item_count, null, k.member_id
from (select distinct order_id from tonight.matched) m join orders k using (order_id)
where not exists (select 1 from tonight.o_now o where o.order_id = m.order_id);
analyze tonight.o_now;
