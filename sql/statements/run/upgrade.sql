-- Whether a database may be brought to the schema of another version: nothing of a night may lie half done in it.
-- grain: see each statement
-- writes: nothing
-- params: none

-- name: begun
-- Whether the database has nights at all.
select to_regclass('night') is not null and to_regclass('night_step') is not null and to_regclass('run_lock') is not null;

-- name: unfinished
-- The first night that is not closed and handed out. grain: no row where none is
select n.night, n.state = 'CLOSED' as closed,
  exists (select 1 from night_step s where s.night = n.night and s.step = 'identify' and s.state = 'DONE') as members_known
from night n
where not exists (select 1 from night_step s where s.night = n.night and s.step = 'deliver' and s.state = 'DONE')
order by n.night
limit 1;
