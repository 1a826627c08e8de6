-- What a night is held against before it closes: sums that its steps have written, beside those of closed nights.
-- grain: one row of night_figure per (night, channel that brought rows, figure)
-- writes: night_figure, night
-- params: :night date, :channel text, :figure text, :nights int, :low bigint, :middle bigint, :high bigint, :outside boolean,
--   :accepted text

-- name: forget
-- Of a night that is decided again. What was approved stands for the very same figures.
delete from night_figure where night = :night and not approved;

-- name: figures
insert into night_figure as known (night, channel, figure, part, whole, value)
select :night::date, f.channel, f.figure, f.part, f.whole,
  case when f.figure = 'POINTS_ISSUED' then f.part else least(f.part * 10000.0 / greatest(f.whole, 1), 1000000)::bigint end
from (
  select channel, 'POINTS_ISSUED' as figure, coalesce(sum(points) filter (where kind = 'EARN'), 0)::bigint as part, 1::bigint as whole
  from points_total_n{night} group by channel
  union all
  select channel, 'MULTIPLIED', greatest(coalesce(sum(multiplied), 0), 0)::bigint,
    greatest(coalesce(sum(points) filter (where kind = 'EARN'), 0), 0)::bigint
  from points_total_n{night} group by channel
  union all
  select channel, 'RETURNED', greatest(coalesce(-sum(points) filter (where kind = 'CLAWBACK'), 0), 0)::bigint,
    greatest(coalesce(sum(points) filter (where kind = 'EARN'), 0), 0)::bigint
  from points_total_n{night} group by channel
  union all
  select channel, 'REJECTED', sum(rejected)::bigint, sum(rows_in)::bigint
  from night_input where night = :night group by channel
  union all
  select channel, 'UNATTRIBUTED', greatest(coalesce(sum(orders) filter (where class = 'UNATTRIBUTED'), 0), 0)::bigint,
    greatest(sum(orders), 0)::bigint
  from class_change_n{night} where orders <> 0 group by channel
) f
where f.channel in (select channel from night_input where night = :night and rows_in > 0)
on conflict (night, channel, figure) do update
set part = excluded.part, whole = excluded.whole, value = excluded.value,
  approved = known.approved and known.part = excluded.part and known.whole = excluded.whole;

-- name: tonight
select channel, figure, part, whole, value, approved from night_figure where night = :night order by channel, figure;

-- name: before
-- The same figures of the last 28 closed nights.
select channel, figure, value
from night_figure
where whole > 0 and night in (select night from close where night < :night order by night desc limit 28)
order by channel, figure, value;

-- name: first
-- Since when figures of a channel are known.
select channel, min(night) as night from night_figure group by channel;

-- name: held
update night_figure
set nights = :nights, low = :low, middle = :middle, high = :high, outside = :outside
where night = :night and channel = :channel and figure = :figure;

-- name: to_approve
select channel, figure, value from night_figure where night = :night and outside and not approved order by channel, figure;

-- name: approve
update night_figure set approved = true where night = :night and outside;

-- name: accept
update night set accepted = concat_ws('; ', nullif(accepted, ''), :accepted::text) where night = :night and state <> 'CLOSED';
