-- What each line of tonight's orders should have by now: its share of what was paid for the goods by largest remainder,
-- its refund capped by it, points of both. Only orders that are new or changed are looked at.

create unlogged table tonight.l_now as
with given_back as (
  select order_id, line, sum(amount_fen)::bigint as amount_fen from tonight.matched group by order_id, line)
select o.order_id, i.line, i.sku, i.qty, i.price_fen, i.due_fen, i.state, i.refund_state,
  i.refunded_fen + coalesce(m.amount_fen, 0) as refunded_fen, 0 as earned, 0 as clawed, false as known, true as newer
from tonight.o_now o
join tonight.l_in i using (order_no, shop_id)
left join given_back m on m.order_id = o.order_id and m.line = i.line
where not o.known
union all
select k.order_id, k.line, k.sku, k.qty, k.price_fen, k.due_fen, greatest(k.state, i.state),
  greatest(k.refund_state, i.refund_state), greatest(k.refunded_fen, i.refunded_fen) + coalesce(m.amount_fen, 0),
  k.earned, k.clawed, true,
  i.state > k.state or i.refund_state > k.refund_state or i.refunded_fen > k.refunded_fen or m.order_id is not null
from tonight.o_now o
join lines k using (order_id)
left join tonight.l_in i on i.order_no = o.order_no and i.shop_id = o.shop_id and i.line = k.line
left join given_back m on m.order_id = k.order_id and m.line = k.line
where o.known;
analyze tonight.l_now;

create unlogged table tonight.decided as
select *, case when earns then (base_fen / 100)::integer else earned end as earn_now,
  case when earns then (base_fen / 100 - (base_fen - back_fen) / 100)::integer else clawed end as claw_now
from (
  select *, least(case when refund_state = 3 or shop_id = 2 then refunded_fen else 0 end, base_fen) as back_fen
  from (
    select l.order_id, l.line, l.sku, l.qty, l.price_fen, l.due_fen, l.state, l.refund_state, l.refunded_fen, l.earned,
      l.clawed, l.known, coalesce(l.newer, false) as newer, o.shop_id, o.member_id, o.paid, o.completed,
      l.refund_state = 1 as open,
      share + case when goods - sum(share) over w >= row_number() over (
          partition by l.order_id order by (goods * l.due_fen) % dues desc, l.line) then 1 else 0 end as base_fen,
      o.member_id is not null and o.paid is not null
        and (o.item_count is null or o.item_count = sum(l.qty) over w) as earns
    from (select l.*, sum(l.due_fen) over (partition by l.order_id)::bigint as dues from tonight.l_now l) l
    join tonight.o_now o using (order_id),
    lateral (select o.gross_fen - o.freight_fen as goods) g,
    lateral (select goods * l.due_fen / dues as share) s
    window w as (partition by l.order_id)
  ) b
) d;
analyze tonight.decided;

-- The rest of an order's refund that no line names would be spread over its lines; these files have none.
do $$ begin
  if (
    select count(*) from (
      select 1 from tonight.o_now o join tonight.decided d using (order_id)
      where o.shop_id = 1
      group by o.order_id, o.refunded_fen
      having o.refunded_fen <> sum(d.back_fen)) x) > 0 then
    raise 'an order gave back more or less than its lines say';
  end if;
  if exists (select 1 from tonight.decided where earn_now < earned or claw_now < clawed) then
    raise 'an award shrank: %', (select d from tonight.decided d where earn_now < earned or claw_now < clawed limit 1);
  end if;
end $$;
