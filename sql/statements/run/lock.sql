-- The run lock: who runs (advisory lock of a session), and who may still commit (epoch).
-- grain: the one row of run_lock
-- writes: run_lock
-- params: :owner text, :epoch bigint, :lock_timeout text, :pid int

-- name: try
select pg_try_advisory_lock(7310, 1);

-- name: patience
set lock_timeout = '20s';

-- name: acquire
-- Waits for transactions that hold the row under an older epoch.
update run_lock set epoch = epoch + 1, owner = :owner, since = clock_timestamp()
returning epoch;

-- name: holder
select owner, to_char(since, 'YYYY-MM-DD HH24:MI:SS') || ' UTC' from run_lock;

-- name: fence
select 1 from run_lock where epoch = :epoch for share;

-- name: release
select pg_advisory_unlock(7310, 1);

-- name: wait_at_most
-- For this transaction only.
select set_config('lock_timeout', :lock_timeout, true);

-- name: pid
select pg_backend_pid();

-- name: blockers
-- The sessions that a waiting one waits for; what they run stays their own.
select a.pid, coalesce(a.usename, '') as usename, coalesce(a.application_name, '') as application_name,
  coalesce(host(a.client_addr), '') as client, a.xact_start
from pg_stat_activity a
where a.pid = any (pg_blocking_pids(:pid))
order by a.xact_start nulls last, a.pid;
