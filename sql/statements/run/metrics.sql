-- What a monitoring system wants to know, as figures with labels.
-- grain: one row per metric and labels
-- writes: nothing
-- params: :zone text
-- cost: the last night's own rows, open breaks and open rejects

-- name: metrics
with last as (select max(night) as night from night)
select 1 as place, 'omnipoints_last_closed_night_seconds' as metric, '' as labels,
  extract(epoch from (max(night)::timestamp at time zone :zone))::numeric as value
from close having max(night) is not null
union all
select 2, 'omnipoints_night_seconds', '', extract(epoch from (night::timestamp at time zone :zone)) from last
where night is not null
union all
select 3, 'omnipoints_night_state', 'state="' || s.state || '"', (n.state = s.state)::int
from last join night n using (night)
cross join unnest(array['WAITING', 'RUNNING', 'FAILED', 'STOPPED', 'UNKNOWN', 'CLOSED']) as s (state)
union all
select 4, 'omnipoints_night_exit_code', '', exit_code from last join close using (night)
union all
select 5, 'omnipoints_step_seconds', 'step="' || step || '"', seconds from last join night_step using (night)
where state = 'DONE'
union all
select 6, 'omnipoints_night_rows', 'channel="' || i.channel || '",fate="' || f.fate || '"', sum(f.rows)
from last join night_input i using (night)
cross join lateral (values ('merged', i.merged), ('superseded', i.superseded), ('duplicate', i.duplicate),
  ('rejected', i.rejected), ('filtered', i.filtered), ('waiting', i.waiting)) as f (fate, rows)
group by i.channel, f.fate
union all
select 7, 'omnipoints_night_points', 'kind="' || kind || '"', sum(points + case when kind = 'RELEASE' then moved else 0 end)
from last join points_total using (night)
group by kind
union all
select 8, 'omnipoints_expected_missing', 'channel="' || channel || '"', count(*)
from last join night_expected using (night)
where state <> 'ARRIVED'
group by channel
union all
select 9, 'omnipoints_breaks_open', 'type="' || type || '"', count(*) from break where state = 'OPEN' group by type
union all
select 10, 'omnipoints_break_oldest_nights', 'type="' || b.type || '"', max(last.night - b.first_night)
from last, break b
where b.state = 'OPEN'
group by b.type
union all
select 11, 'omnipoints_rejects_open', 'reason="' || reason || '"', count(*) from quarantine where state = 'OPEN' group by reason
union all
select 12, 'omnipoints_extract_delivered_seconds', '', extract(epoch from max(delivered_at)) from extract
having max(delivered_at) is not null
order by 1, 3;
