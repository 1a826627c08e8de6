-- What the workbook of a closed night says to the people who sign for it.
-- grain: stated at each statement
-- writes: nothing
-- params: :night date, :zone text, :most bigint
-- cost: sums of closes and breaks; of orders only those that the night's statements of money name

-- name: head
select n.program, c.program_version, c.entries, c.close_hash, c.entry_root
from close c join night n using (night)
where c.night = :night;

-- name: accounts
-- grain: one row per account
select a.account, coalesce(sum(opening), 0)::bigint, coalesce(sum(issued), 0)::bigint, coalesce(sum(released), 0)::bigint,
  coalesce(sum(clawed_back), 0)::bigint, coalesce(sum(redeemed), 0)::bigint, coalesce(sum(restored), 0)::bigint,
  coalesce(sum(expired), 0)::bigint, coalesce(sum(adjusted), 0)::bigint, coalesce(sum(repaid), 0)::bigint,
  coalesce(sum(closing), 0)::bigint
from unnest(array['pending', 'available', 'owed']) as a (account)
left join liability l on l.night = :night and l.account = a.account
group by a.account
order by array_position(array['pending', 'available', 'owed'], a.account);

-- name: kinds
-- grain: one row per kind
select kind, sum(entries)::bigint, sum(points)::bigint, sum(moved)::bigint
from points_total where night = :night
group by kind
order by kind;

-- name: channels
-- grain: one row per channel
select channel, coalesce(sum(points) filter (where kind = 'EARN'), 0)::bigint,
  coalesce(sum(moved) filter (where kind = 'RELEASE'), 0)::bigint,
  coalesce(sum(points) filter (where kind = 'CLAWBACK'), 0)::bigint,
  coalesce(sum(points) filter (where kind not in ('EARN', 'CLAWBACK')), 0)::bigint
from points_total where night = :night
group by channel
order by channel;

-- name: nights
-- The last 28 closed nights. grain: one row per night
select n.night, coalesce(sum(p.points) filter (where p.kind = 'EARN'), 0)::bigint,
  coalesce(sum(p.points) filter (where p.kind = 'CLAWBACK'), 0)::bigint,
  coalesce(sum(p.points) filter (where p.kind = 'EXPIRE'), 0)::bigint,
  coalesce((select sum(l.closing) from liability l where l.night = n.night), 0)::bigint
from (select night from close where night <= :night order by night desc limit 28) n
left join points_total p using (night)
group by n.night
order by n.night;

-- name: ages
-- Open breaks. grain: one row per type
select type, count(*) filter (where age <= 1), count(*) filter (where age between 2 and 3),
  count(*) filter (where age between 4 and 7), count(*) filter (where age between 8 and 30),
  count(*) filter (where age > 30), count(*), count(*) filter (where owner = '')
from (select type, owner, :night::date - first_night as age from break where state = 'OPEN' and first_night <= :night) b
group by type
order by type;

-- name: shops
-- Ours beside what each channel and till says itself. grain: one row per (channel, shop)
with ours as (
  select channel, shop, sum(orders) as orders, sum(base_fen) as base_fen, sum(refund_fen) as refund_fen
  from order_class_total where night = :night group by channel, shop
), before as (
  select channel, shop, sum(orders) as orders, sum(base_fen) as base_fen, sum(refund_fen) as refund_fen
  from order_class_total where night = (select previous from close where night = :night) group by channel, shop
), pulled as (
  select channel, shop, sum(declared) as declared, sum(rows) as rows
  from pull_window
  where api = 'orders' and from_at >= :night::date::timestamp at time zone :zone
    and from_at < (:night::date + 1)::timestamp at time zone :zone and declared is not null
  group by channel, shop
), stated as (
  select channel, shop, order_key, sum(amount_fen) filter (where kind = 'PAYMENT') as paid_fen,
    -sum(amount_fen) filter (where kind = 'REFUND') as refund_fen
  from settlement
  where first_night = :night and order_key is not null and kind in ('PAYMENT', 'REFUND') and not retold
  group by channel, shop, order_key
), settled as (
  select t.channel, t.shop, count(*) as orders, sum(t.paid_fen) as paid_fen,
    sum(coalesce(o.net_fen + o.refunded_fen, v.base_fen)) filter (where t.paid_fen is not null) as our_paid_fen,
    sum(t.refund_fen) as refund_fen,
    sum(coalesce(o.refunded_fen, v.goods_refund_fen)) filter (where t.refund_fen is not null) as our_refund_fen
  from stated t
  left join sales_order o on o.order_key = t.order_key
  left join verdict v on v.order_key = o.order_key and v.first_night = o.first_night
  group by t.channel, t.shop
), disputed as (
  select channel, shop, count(*) as breaks from break where state = 'OPEN' and first_night <= :night group by channel, shop
), place as (
  select channel, shop from ours union select channel, shop from pulled union select channel, shop from settled
  union select channel, shop from till_total where night = :night union select channel, shop from disputed
)
select channel, shop, (coalesce(o.orders, 0) - coalesce(b.orders, 0))::bigint,
  (coalesce(o.base_fen, 0) - coalesce(b.base_fen, 0))::bigint, (coalesce(o.refund_fen, 0) - coalesce(b.refund_fen, 0))::bigint,
  coalesce(o.orders, 0)::bigint, coalesce(o.base_fen, 0)::bigint, coalesce(o.refund_fen, 0)::bigint,
  p.declared::bigint, p.rows::bigint, (p.rows - p.declared)::bigint,
  s.orders, s.paid_fen::bigint, s.our_paid_fen::bigint, (s.paid_fen - s.our_paid_fen)::bigint,
  s.refund_fen::bigint, s.our_refund_fen::bigint, (s.refund_fen - s.our_refund_fen)::bigint,
  t.lines, t.till_points, t.ledger_points, t.till_points - t.ledger_points, coalesce(d.breaks, 0)
from place
left join ours o using (channel, shop)
left join before b using (channel, shop)
left join pulled p using (channel, shop)
left join settled s using (channel, shop)
left join (select channel, shop, lines, till_points, ledger_points from till_total where night = :night) t using (channel, shop)
left join disputed d using (channel, shop)
order by channel, shop;

-- name: classes
-- grain: one row per (channel, shop, accounting class)
select t.channel, t.shop, t.class, t.orders, t.base_fen, t.refund_fen, t.orders - coalesce(b.orders, 0),
  t.base_fen - coalesce(b.base_fen, 0), t.refund_fen - coalesce(b.refund_fen, 0)
from order_class_total t
left join order_class_total b on b.night = (select previous from close where night = :night)
  and (b.channel, b.shop, b.class) = (t.channel, t.shop, t.class)
where t.night = :night
order by t.channel, t.shop, t.class;

-- name: points
-- grain: one row per (channel, shop, kind)
select channel, shop, kind, entries, points, moved from points_total where night = :night order by channel, shop, kind;

-- name: breaks
-- What is open, or was closed by this night; of what is alike in one shop :most, the newest nights first, and one row for the
-- rest. What somebody looks after or explained always stands for itself. grain: one row per break, or per rest
with listed as (
  select b.*, row_number() over (
      partition by type, channel, shop, state order by owner = '' and cause = '' and due_on is null, first_night desc, key) as place
  from (
    select * from break where state = 'OPEN' union all select * from break where closed_night = :night and state = 'CLOSED'
  ) b
), shown as (
  select id, type, channel, shop, key, first_night, state, detail, owner, due_on, cause, orders, points, false as rest
  from listed
  where place <= :most or owner <> '' or cause <> '' or due_on is not null
  union all
  select '', type, channel, shop, '', min(first_night), state, format('and %s more: ./omnipoints breaks list', count(*)), '', null,
    '', sum(orders)::bigint, sum(points)::bigint, true
  from listed
  where place > :most and owner = '' and cause = '' and due_on is null
  group by type, channel, shop, state
)
select id, type, channel, shop, key, first_night, :night::date - first_night as age_nights, state, detail,
  case when :night::date - first_night <= 1 then '0–1' when :night::date - first_night <= 3 then '2–3'
    when :night::date - first_night <= 7 then '4–7' when :night::date - first_night <= 30 then '8–30' else '>30' end,
  owner, due_on, cause, orders, points
from shown
order by type, channel, shop, rest, key;
