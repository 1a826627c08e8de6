-- Disagreements found by reconciliation, and everything about one of them.
-- grain: see each statement
-- writes: nothing
-- params: :until date, :all boolean, :id text, :type text, :channel text, :shop text, :key text, :since date, :most bigint
-- cost: of the lists what is open, of one break what it names

-- the oldest first; grain: one row per break
-- name: breaks
select id, type, channel, shop, key, first_night, :until - first_night as age_nights, state, closed_night, detail, orders,
  points, owner, due_on, cause,
  case when :until - first_night <= 1 then '0-1' when :until - first_night <= 3 then '2-3'
    when :until - first_night <= 7 then '4-7' when :until - first_night <= 30 then '8-30' else '>30' end as age_band
from break
where first_night <= :until and (:all or state = 'OPEN')
order by first_night, type, channel, shop, key;

-- name: one
select id, type, channel, shop, key, first_night, :until - first_night as age_nights, state, closed_night, detail, orders,
  points, owner, due_on, cause,
  case when :until - first_night <= 1 then '0-1' when :until - first_night <= 3 then '2-3'
    when :until - first_night <= 7 then '4-7' when :until - first_night <= 30 then '8-30' else '>30' end as age_band
from break
where id = :id and first_night <= :until;

-- what nights and people did, in that order; grain: one row per event
-- name: history
select night, null::timestamptz as at, event, null as by, null as because, detail
from break_event
where break_id = :id and night <= :until
union all
select null, at, action, actor, because, detail
from break_action
where break_id = :id
order by 1 nulls last, 2;

-- the orders of a class that wait since a night; grain: one row per order
-- name: orders
select s.order_no as "order", s.paid_at, w.would_be_points as points,
  case
    when w.class = 'UNATTRIBUTED' and c.order_key is not null then 'BOUND_TOO_LATE'
    when w.class = 'UNATTRIBUTED' then 'BUYER_UNKNOWN'
    when not s.present then 'ORDER_MISSING'
    else 'LINES_MISSING'
  end as reason,
  d.file, s.source_row as row
from (
  select * from waiting_order where class = :type and channel = :channel and shop = :shop and since = :since
) w
join sales_order s using (order_key)
left join order_claim c using (order_key)
left join lateral (
  select min(d.file) as file from delivery d
  where d.channel = s.channel and d.shop in (s.shop, '') and d.sha256 = s.source_sha256
) d on true
order by s.order_no
limit :most;

-- the rows of files that the break rests on; grain: one row per row of a file
-- name: evidence
with named as (
  -- the key of an order or of one of its lines; either may contain a slash
  select distinct array_to_string(parts[1:n], '/') as order_no
  from string_to_array(:key, '/') as parts, generate_series(1, cardinality(parts)) as n
), told as (
  select s.channel, s.shop, s.source_sha256, s.source_row
  from sales_order s join named using (order_no)
  where s.channel = :channel and s.shop = :shop and :type in ('REFUND_MISMATCH', 'POINTS_DIFF', 'DOUBLE_CHANNEL')
  union
  select s.channel, s.shop, r.source_sha256, r.source_row
  from sales_order s join named using (order_no) join refund_document r using (order_key)
  where s.channel = :channel and s.shop = :shop and :type = 'REFUND_MISMATCH'
  union
  select channel, shop, source_sha256, source_row
  from till_return
  where :type = 'ORPHAN_RETURN' and channel = :channel and shop = :shop and order_no || '/' || line_key = :key
  union
  select channel, shop, sha256, row
  from points_snapshot
  where :type in ('POINTS_DIFF', 'IDENTITY_CONFLICT') and channel = :channel and shop = :shop
    and (member_id = :key or token_key = :key)
  union
  select 'program', '', source_sha256, source_row
  from binding
  where :type = 'IDENTITY_CONFLICT' and state = 'CONFLICT' and channel = :channel
    and known_by = :key
  union
  select 'program', '', source_sha256, source_row
  from member_fact
  where :type = 'IDENTITY_CONFLICT' and :channel = 'program' and note <> '' and known_by = :key
)
select
  (select min(d.file) from delivery d
   where d.channel = t.channel and d.shop in (t.shop, '') and d.sha256 = t.source_sha256) as file,
  t.source_sha256 as sha256, t.source_row as row
from told t
order by file, source_row, source_sha256
limit :most;
