-- The last nights side by side.
-- grain: see each statement
-- writes: nothing
-- params: :from date
-- cost: the nights asked for, by their primary keys

-- no row before the first night
-- name: last
select max(night) as night from night having max(night) is not null;

-- one row per date from the first asked for to the last begun, also where no night was begun
-- name: nights
select d.night::date as date, coalesce(n.state, 'MISSING') as state, c.exit_code as exit, c.entries,
  coalesce(s.done, 0) as steps_done, s.at,
  coalesce(b.opened, 0) as breaks_opened
from generate_series(greatest(:from, (select min(night) from night)), (select max(night) from night), interval '1 day') as d (night)
left join night n on n.night = d.night
left join close c on c.night = d.night
left join (
  select night, count(*) filter (where state = 'DONE') as done, min(step) filter (where state <> 'DONE') as at
  from night_step
  where night >= :from
  group by night
) s on s.night = d.night
left join (
  select night, count(*) as opened from break_event where event in ('OPENED', 'REOPENED') and night >= :from group by night
) b on b.night = d.night
order by d.night;

-- one row per night and channel that brought something, or had to
-- name: channels
select night as date, channel, sum(files)::bigint as files, sum(rows)::bigint as rows, sum(rejected)::bigint as rejected,
  sum(refused)::bigint as refused, sum(missing)::bigint as missing
from (
  select night, channel, 1 as files, rows_in as rows, rejected,
    (outcome not in ('ACCEPTED', 'REVISION', 'DUPLICATE', 'EMPTY'))::int as refused, 0 as missing
  from night_input
  where night >= :from
  union all
  select night, channel, 0, 0, 0, 0, 1 from night_expected where night >= :from and state <> 'ARRIVED'
) t
group by night, channel
order by night, channel;
