-- Compares what statements of money say with orders, refunds and themselves. Points at stake are told beside each break; no
-- statement moves any.
-- grain: one row of break_found per disagreement, by (type, channel, shop, key)
-- writes: break, unsettled, unpaid_refund
-- params: :night date, :zone text, :channel text, :days int
-- cost: set statements over the orders and days of the night's statements, over what is due, and over open breaks

-- name: await_settlement
-- What tonight saw completed and kept has to come in a statement, also what was completed after a late night's day: later
-- nights may not see the order again.
insert into unsettled (order_key, channel, shop, order_no, due_on)
select s.order_key, s.channel, s.shop, s.order_no, (s.completed_at at time zone :zone)::date + :days::int
from (
  select order_key from verdict_n{night} where class = 'POSTED' and base_fen > goods_refund_fen
  union all
  select order_key from verdict_again_n{night} where class = 'POSTED' and base_fen > goods_refund_fen
) o
join sales_order s using (order_key)
where s.channel = :channel and s.completed_at is not null
  and not exists (select 1 from settlement k where k.order_key = s.order_key and k.kind = 'PAYMENT')
on conflict do nothing;

-- name: await_money_back
-- Money that orders say went back to a buyer has to come in a statement as well. Another amount is waited for anew.
insert into unpaid_refund as known (order_key, channel, shop, order_no, fen, due_on)
select s.order_key, s.channel, s.shop, s.order_no, o.fen, :night::date + :days::int
from (
  select order_key, goods_refund_fen as fen from verdict_n{night} where goods_refund_fen > 0
  union all
  select order_key, goods_refund_fen from verdict_again_n{night} where goods_refund_fen > 0
) o
join sales_order s using (order_key)
where s.channel = :channel
  and o.fen > coalesce((
    select -sum(k.amount_fen) from settlement k
    where k.order_key = s.order_key and k.kind in ('REFUND', 'RECOVERY') and not k.retold), 0)
on conflict (order_key) do update set fen = excluded.fen, due_on = excluded.due_on
where known.fen <> excluded.fen;

-- name: settled
delete from unsettled u
using settlement k
where k.first_night = :night and k.kind = 'PAYMENT' and k.order_key = u.order_key;

-- name: paid_back
delete from unpaid_refund u
using (
  select order_key, -sum(amount_fen) as fen
  from settlement
  where kind in ('REFUND', 'RECOVERY') and not retold
    and order_key in (select order_key from settlement where first_night = :night)
  group by order_key
) b
where b.order_key = u.order_key and b.fen >= u.fen;

-- name: refunded_no_more
delete from unpaid_refund u
using verdict_again_n{night} v
where v.order_key = u.order_key and v.goods_refund_fen = 0;

-- name: never_settled
-- What went back before the shop was paid may be in no statement at all.
delete from unpaid_refund u
where u.due_on < :night::date - 30
  and not exists (select 1 from settlement k where k.order_key = u.order_key and k.kind = 'PAYMENT');

-- name: create_stake
-- Orders behind a break. fen: the points of that much money are at stake, null: those of all that is left of the order;
-- taken: those that were clawed back.
create temporary table break_stake (
  type text not null, channel text not null, shop text not null, key text not null, order_key uuid not null, fen bigint,
  taken boolean not null)
on commit drop;

-- name: find_settled_refunds
-- Money that a statement says went back to the buyer, against what orders and refund documents know of the order. Looked at:
-- orders of tonight's statements, also what they say of later than tonight, because no other night looks at it; and those
-- whose break is open. A statement may be late, so that less is no difference; freight earned nothing. What the platform
-- took from the shop afterwards is the refund it paid ahead, unless there was another one.
with looked as (
  select order_key from settlement
  where first_night = :night and kind in ('REFUND', 'RECOVERY') and order_key is not null
  union
  select order_key(channel, shop, key) from break
  where state = 'OPEN' and type in ('SETTLED_REFUND_UNSEEN', 'SETTLEMENT_DIFF')
), back as (
  select order_key, -coalesce(sum(amount_fen) filter (where kind = 'REFUND'), 0) as refund_fen,
    -coalesce(sum(amount_fen) filter (where kind = 'RECOVERY'), 0) as taken_fen
  from settlement join looked using (order_key)
  where kind in ('REFUND', 'RECOVERY') and not retold
  group by order_key
), known as (
  select s.order_key, s.channel, s.shop, s.order_no, coalesce(s.freight_fen, 0) as freight_fen, b.refund_fen, b.taken_fen,
    greatest(b.refund_fen, b.taken_fen) as back_fen,
    greatest(coalesce(s.refunded_fen, 0),
      coalesce((select sum(l.refunded_fen) from order_line l where l.order_key = s.order_key and l.refund_state = 3), 0),
      coalesce((select sum(r.amount_fen) from refund_document r where r.order_key = s.order_key and r.state = 2), 0)) as fen
  from back b join sales_order s using (order_key)
), found as (
  select case k.fen when 0 then 'SETTLED_REFUND_UNSEEN' else 'SETTLEMENT_DIFF' end as type, k.channel, k.shop, k.order_no,
    k.order_key, k.back_fen - k.fen as fen,
    case k.fen
      when 0 then format('statements say %s fen went back to the buyer, no order and no refund document does: the points of '
        'that money stay', k.back_fen)
      else format('statements say %s fen went back to the buyer, orders and refund documents know %s', k.back_fen, k.fen)
    end as detail
  from known k
  where k.back_fen > k.fen + case k.fen when 0 then 0 else k.freight_fen end
  union all
  select 'SETTLEMENT_DIFF', k.channel, k.shop, k.order_no, k.order_key, k.refund_fen + k.taken_fen - k.fen,
    format('statements say %s fen were taken from the shop after %s fen had gone back to the buyer, orders and refund '
      'documents know %s', k.taken_fen, k.refund_fen, k.fen)
  from known k
  where k.refund_fen > 0 and k.taken_fen > 0 and k.refund_fen + k.taken_fen > k.fen + k.freight_fen
    and k.back_fen <= k.fen + case k.fen when 0 then 0 else k.freight_fen end
), staked as (
  insert into break_stake select type, channel, shop, order_no, order_key, fen, false from found
)
insert into break_found
select type, channel, shop, order_no, detail from found;

-- name: find_unpaid_refunds
-- Points were clawed back for money that no statement shows going back, although the shop was paid: one break for the
-- orders of a shop that were due on one day.
with found as (
  select u.channel, u.shop, u.due_on, u.order_key, u.order_no,
    u.fen - coalesce((
      select -sum(k.amount_fen) from settlement k
      where k.order_key = u.order_key and k.kind in ('REFUND', 'RECOVERY') and not k.retold), 0) as fen
  from unpaid_refund u
  where u.due_on < :night
    and exists (select 1 from settlement k where k.order_key = u.order_key and k.kind = 'PAYMENT')
), staked as (
  insert into break_stake
  select 'SETTLEMENT_DIFF', channel, shop, 'refund ' || due_on, order_key, fen, true from found
)
insert into break_found
select 'SETTLEMENT_DIFF', channel, shop, 'refund ' || due_on,
  format('%s fen that orders say went back to buyers are in no statement until %s: %s, such as %s', sum(fen), due_on,
    case count(*) when 1 then '1 order' else count(*) || ' orders' end, min(order_no))
from found
group by channel, shop, due_on;

-- name: find_unsettled
-- One break for the orders of a shop that were due on one day.
with staked as (
  insert into break_stake
  select 'UNSETTLED', channel, shop, due_on::text, order_key, null, false
  from unsettled
  where due_on < :night
)
insert into break_found
select 'UNSETTLED', channel, shop, due_on::text,
  format('%s completed and in no statement until %s, such as %s',
    case count(*) when 1 then '1 order was' else count(*) || ' orders were' end, due_on, min(order_no))
from unsettled
where due_on < :night
group by channel, shop, due_on;

-- name: find_settled_orders
-- Orders that statements name and no delivery has shown: one break for those a night saw first.
with looked as (
  select :night::date as night
  union
  select key::date from break where state = 'OPEN' and type = 'ORDER_UNKNOWN'
)
insert into break_found
select 'ORDER_UNKNOWN', t.channel, t.shop, t.first_night::text,
  format('%s of statements %s in no delivery (%s fen), such as %s', case count(*) when 1 then '1 order' else count(*) || ' orders' end,
    case count(*) when 1 then 'is' else 'are' end, sum(t.fen), min(t.order_no))
from (
  select s.channel, s.shop, s.first_night, s.order_no, sum(s.amount_fen) as fen
  from looked join settlement s on s.first_night = looked.night
  left join sales_order o on o.order_key = s.order_key and o.present
  where s.kind in ('PAYMENT', 'REFUND') and s.order_key is not null and o.order_key is null and not s.retold
  group by s.channel, s.shop, s.first_night, s.order_no
) t
group by t.channel, t.shop, t.first_night;

-- name: find_subsidies
-- Money that the platform added and that an order counts as its buyer's: it earns points that nobody paid for. One break for
-- the orders of a shop whose subsidies a night saw first.
with looked as (
  select :night::date as night
  union
  select substr(key, 9)::date from break
  where state = 'OPEN' and type = 'SETTLEMENT_DIFF' and key like 'subsidy ____-__-__'
), named as (
  select distinct s.order_key, s.first_night
  from looked join settlement s on s.first_night = looked.night
  where s.kind = 'SUBSIDY' and s.amount_fen > 0 and s.order_key is not null and not s.retold
), paid as (
  select s.order_key, sum(s.amount_fen) filter (where s.kind = 'PAYMENT') as buyer_fen,
    sum(s.amount_fen) filter (where s.kind = 'SUBSIDY') as fen
  from settlement s
  where s.order_key in (select order_key from named) and s.kind in ('PAYMENT', 'SUBSIDY') and not s.retold
  group by s.order_key
), found as (
  select n.first_night, o.channel, o.shop, o.order_no, o.order_key, p.fen
  from named n join paid p using (order_key) join sales_order o using (order_key)
  where p.buyer_fen > 0 and p.fen > 0 and o.gross_fen + 1 >= p.buyer_fen + p.fen
), staked as (
  insert into break_stake
  select 'SETTLEMENT_DIFF', channel, shop, 'subsidy ' || first_night, order_key, fen, false from found
)
insert into break_found
select 'SETTLEMENT_DIFF', channel, shop, 'subsidy ' || first_night,
  format('%s fen of %s came from the platform and earn as if buyers had paid them, such as %s', sum(fen),
    case count(*) when 1 then '1 order' else count(*) || ' orders' end, min(order_no))
from found
group by channel, shop, first_night;

-- name: find_gaps
-- Movements that a statement lacks: of a day, each balance before a movement is that after another one, whatever their
-- order, but for the one the day began with.
with looked as (
  select distinct channel, shop, document, (at at time zone :zone)::date as day
  from settlement
  where first_night = :night and balance_fen is not null
  union
  select channel, shop, split_part(key, ' ', 2), split_part(key, ' ', 3)::date from break
  where state = 'OPEN' and type = 'SETTLEMENT_DIFF' and key like 'balance % ____-__-__'
), moved as (
  select d.channel, d.shop, d.document, d.day, s.balance_fen - s.amount_fen as before, s.balance_fen as after, s.amount_fen
  from looked d
  join settlement s on s.channel = d.channel and s.shop = d.shop and s.document = d.document
    and s.at >= d.day::timestamp at time zone :zone and s.at < (d.day + 1)::timestamp at time zone :zone
  where s.balance_fen is not null
), loose as (
  select channel, shop, document, day, fen, sum(n) as n
  from (
    select channel, shop, document, day, before as fen, 1 as n from moved
    union all
    select channel, shop, document, day, after, -1 from moved
  ) t
  group by channel, shop, document, day, fen
  having sum(n) > 0
)
insert into break_found
select 'SETTLEMENT_DIFF', l.channel, l.shop, 'balance ' || l.document || ' ' || l.day,
  format('balances of %s do not follow from one another in %s: opening and movements (%s fen) do not make the closing', l.day,
    case sum(l.n) when 2 then '1 place' else sum(l.n) - 1 || ' places' end,
    (select sum(m.amount_fen) from moved m
     where m.channel = l.channel and m.shop = l.shop and m.document = l.document and m.day = l.day))
from loose l
group by l.channel, l.shop, l.document, l.day
having sum(l.n) > 1;

-- name: find_fees
-- Names of fees that no mapping lists: one break per name.
insert into break_found
select 'FEE_UNKNOWN', channel, shop, fee,
  format('%s of statements, %s fen, %s called so, and no vocabulary lists it',
    case count(*) when 1 then '1 row' else count(*) || ' rows' end, sum(amount_fen),
    case count(*) when 1 then 'is' else 'are' end)
from settlement s
where kind = 'UNKNOWN' and not retold and exists (
  select 1 from settlement t
  where t.first_night = :night and t.kind = 'UNKNOWN' and not t.retold and (t.channel, t.shop, t.fee) = (s.channel, s.shop, s.fee))
group by channel, shop, fee;

-- name: stake
-- Points of the money behind each break, as base and night have them; less than one whole point is none.
with staked as (
  select distinct order_key from break_stake
), held as (
  select order_key, sum(earned) as earned, sum(clawed_back) as taken
  from (
    select p.order_key, p.earned, p.clawed_back from posting p join staked using (order_key)
    union all
    select p.order_key, p.earned, p.clawed_back from posting_n{night} p join staked using (order_key)
    union all
    select p.order_key, p.earned, p.clawed_back from posting_again_n{night} p join staked using (order_key)
  ) t
  group by order_key
), worth as (
  select distinct on (order_key) order_key, base_fen - goods_refund_fen as fen
  from (
    select v.order_key, v.base_fen, v.goods_refund_fen, 1 as n from verdict v join staked using (order_key)
    union all
    select v.order_key, v.base_fen, v.goods_refund_fen, 2 from verdict_n{night} v join staked using (order_key)
    union all
    select v.order_key, v.base_fen, v.goods_refund_fen, 2 from verdict_again_n{night} v join staked using (order_key)
  ) t
  order by order_key, n desc
), told as (
  select s.type, s.channel, s.shop, s.key,
    sum(case
      when s.taken then h.taken
      when s.fen is null then h.earned - h.taken
      else trunc((h.earned - h.taken)::numeric * least(s.fen, w.fen) / nullif(w.fen, 0))
    end) as points
  from break_stake s
  left join held h using (order_key)
  left join worth w using (order_key)
  group by s.type, s.channel, s.shop, s.key
)
update break_found f
set points = coalesce(t.points, 0)
from told t
where (t.type, t.channel, t.shop, t.key) = (f.type, f.channel, f.shop, f.key);

-- name: close_settled
-- The refund or the order came.
update break b
set state = 'CLOSED', closed_night = :night
where b.state = 'OPEN' and b.type in ('SETTLED_REFUND_UNSEEN', 'SETTLEMENT_DIFF', 'ORDER_UNKNOWN', 'UNSETTLED')
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);
