-- Who serves: one process per database. And what it finds when it starts.
-- grain: none; an advisory lock of a session
-- writes: nothing
-- params: :night date

-- name: try
select pg_try_advisory_lock(7310, 2);

-- name: alive
select 1;

-- name: release
select pg_advisory_unlock(7310, 2);

-- name: since
-- When the session that holds the lock was opened.
select to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC'
from pg_locks l
join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.classid = 7310 and l.objid = 2 and l.objsubid = 2 and l.granted
  and l.database = (select oid from pg_database where datname = current_database());

-- name: late
-- Whether a night that should be closed is not. grain: no row if it is
select 1
where exists (select 1 from night where night < :night) and not exists (select 1 from close where night = :night);

-- name: unfinished
select n.night, n.state
from night n
where not exists (
  select 1 from night_step s where s.night = n.night and s.step = 'deliver' and s.state = 'DONE')
order by n.night;
