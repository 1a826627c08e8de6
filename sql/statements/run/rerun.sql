-- What of a night is done, what would be done again, and how a part of it is forgotten so that it can be.
-- grain: see each statement
-- writes: night, night_step, night_input, delivery, shop_name, doubled_delivery, quarantine, run_action, run_stop
-- params: :night date, :steps text[], :at timestamptz, :actor text, :reason text, :action text, :detail text, :epoch bigint

-- name: night
select n.night, n.run, n.state, n.message, c.night is not null as closed,
  coalesce((select max(night) from close), date '0001-01-01') = n.night as last_closed
from night n
left join close c using (night)
where n.night = :night;

-- name: running
select exists (
  select 1 from pg_locks where locktype = 'advisory' and classid = 7310 and objid = 1 and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())) as running;

-- name: holder
select epoch, owner, to_char(since, 'YYYY-MM-DD HH24:MI:SS') || ' UTC' as since from run_lock;

-- name: at_work
-- The step that a run is at. grain: no row between two nights
select night, step from night_step where state = 'RUNNING' order by began_at desc limit 1;

-- name: steps
-- grain: one row per step that was begun
select step, state, read, written, rejected, message from night_step where night = :night;

-- name: batch
-- What Spring Batch claims of the steps of the last execution. grain: one row per step
select s.step_name as step, s.status
from batch.batch_step_execution s
join batch.batch_job_execution e on e.job_execution_id = s.job_execution_id
join batch.batch_job_execution_params p on p.job_execution_id = e.job_execution_id
where p.parameter_name = 'night' and p.parameter_value = :night::date::text
  and e.job_execution_id = (
    select max(l.job_execution_id) from batch.batch_job_execution_params l
    where l.parameter_name = 'night' and l.parameter_value = :night::date::text);

-- name: waiting_files
-- In the archive, and not yet part of any night.
select channel || case when shop = '' then '' else '/' || shop end || '/' || file as file
from arrival
where night = '-infinity'
order by 1;

-- name: forget_steps
delete from night_step where night = :night and step = any(:steps);

-- name: thaw_inputs
delete from night_input where night = :night;

-- name: thaw_deliveries
delete from delivery where first_night = :night;

-- name: thaw_shop_names
delete from shop_name where first_night = :night;

-- name: thaw_doubled
delete from doubled_delivery where night = :night;

-- name: thaw_doubled_read
update doubled_delivery set read_night = null where read_night = :night;

-- name: thaw_rejects
-- Of the night's own, what nobody has acted upon.
delete from quarantine q
where q.first_night = :night and not exists (select 1 from quarantine_action a where a.subject = q.id);

-- name: thaw_settled
update quarantine set state = 'OPEN', settled_night = null where settled_night = :night and state = 'REPLAYED';

-- name: reopened
update night set state = 'STOPPED', message = :detail, advice = '' where night = :night and state <> 'CLOSED';

-- name: resolved
update night set state = 'FAILED', message = :detail, advice = '', ended_at = :at where night = :night and state in ('UNKNOWN', 'RUNNING');

-- name: resolved_steps
update night_step set state = 'FAILED', message = :detail, ended_at = :at where night = :night and state = 'RUNNING';

-- name: act
insert into run_action (night, n, action, at, actor, reason, detail)
values (:night, coalesce((select max(n) from run_action where night = :night), 0) + 1, :action, :at, :actor, :reason,
  :detail);

-- name: stop
insert into run_stop (epoch, at, actor) values (:epoch, :at, :actor) on conflict do nothing;

-- name: asked_to_stop
select actor from run_stop where epoch = :epoch;
