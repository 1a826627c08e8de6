-- Orders that took the place of others, as document exchange tells: which orders of the night those are.
-- grain: stated at each statement
-- writes: work_n
-- params: :night date, :previous date
-- cost: nothing in homes that were never told of one; else a pass over what documents tell of exchanges, each looked up among
--   the night's orders by its key, and the orders that hang together with those

-- name: widen
-- What an order gives depends on those it hangs together with: if one is looked at, all are. Links that were told or taken back
-- tonight, orders of the night, and orders of members who became one.
with recursive link as materialized (
  select left(order_key(t.channel, '', t.order_no)::text, 18) as fresh, left(order_key(t.channel, '', t.old_order_no)::text, 18) as old,
    t.channel, t.order_no, t.old_order_no, t.tonight
  from (
    select says ->> 'channel' as channel, says ->> 'order_no' as order_no, says ->> 'old_order_no' as old_order_no,
      withdrawn is not null or due_on > :previous as tonight
    from own_row
    where document = 'exchange' and due_on <= :night and coalesce(withdrawn, :night::date) = :night
  ) t
), pair as (
  select fresh as a, old as b from link
  union
  select old, fresh from link
), numbered as (
  select fresh as at, channel, order_no from link
  union
  select old, channel, old_order_no from link
), seed as (
  select fresh as at from link where tonight
  union
  select n.at
  from numbered n
  where exists (
    select 1 from work_n{night} w
    where w.order_key between (n.at || '-0000-000000000000')::uuid and (n.at || '-ffff-ffffffffffff')::uuid)
  union
  select n.at
  from (
    select b.member_id from member m join member b on b.merged_into = m.merged_into where m.merged_night = :night
    union
    select m.merged_into from member m where m.merged_night = :night
  ) b
  join verdict v on v.owner = b.member_id
  join numbered n on n.at = left(v.order_key::text, 18)
), family as (
  select at from seed
  union
  select p.b from family f join pair p on p.a = f.at
)
insert into work_n{night} (order_key)
select distinct s.order_key
from family f
join numbered n on n.at = f.at
join sales_order s on s.channel = n.channel and s.order_no = n.order_no
  and s.order_key >= (n.at || '-0000-000000000000')::uuid and s.order_key <= (n.at || '-ffff-ffffffffffff')::uuid
on conflict do nothing;

-- name: links
-- Both orders of a link, where they are among the night's. Numbers name no shop: of several orders of one number those of one shop
-- belong together, and where that is not one pair nothing is guessed. grain: one row per link
with link as materialized (
  select t.key, t.channel, t.order_no, t.old_order_no, left(order_key(t.channel, '', t.order_no)::text, 18) as fresh,
    left(order_key(t.channel, '', t.old_order_no)::text, 18) as old
  from exchange t
  where t.due_on <= :night
), fresh as (
  select l.key, s.order_key, s.shop
  from link l
  join work_n{night} w on w.order_key between (l.fresh || '-0000-000000000000')::uuid and (l.fresh || '-ffff-ffffffffffff')::uuid
  join sales_order s on s.order_key = w.order_key and s.channel = l.channel and s.order_no = l.order_no
), old as (
  select l.key, s.order_key, s.shop
  from link l
  join work_n{night} w on w.order_key between (l.old || '-0000-000000000000')::uuid and (l.old || '-ffff-ffffffffffff')::uuid
  join sales_order s on s.order_key = w.order_key and s.channel = l.channel and s.order_no = l.old_order_no
), pair as (
  select key, o.order_key as old, f.order_key as fresh, o.shop = f.shop as same,
    count(*) over (partition by key) as pairs, count(*) filter (where o.shop = f.shop) over (partition by key) as same_shop
  from old o join fresh f using (key)
)
select old, fresh
from pair
where pairs = 1 or same and same_shop = 1
order by fresh, old;
