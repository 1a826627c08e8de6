-- What a night did, as far as it got.
-- grain: see each statement
-- writes: nothing
-- params: :night date, :run text

-- name: last
select max(night) as night from night;

-- name: by_run
select night from night where run = :run;

-- name: last_runs
select run from night order by night desc limit 3;

-- whether a process holds the run lock
-- name: running
select exists (
  select 1 from pg_locks where locktype = 'advisory' and classid = 7310 and objid = 1 and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())) as running;

-- name: last_closed
select max(night) as night from close;

-- one row; what its close says is null until it is closed
-- name: night
select
  n.night as date, n.run, n.state, n.message, n.accepted, n.program, n.program_version,
  c.entries, c.entry_root, c.close_hash, c.evidence_hash
from night n
left join close c using (night)
where n.night = :night;

-- What was said to be done before the night goes on. grain: one row per sentence
-- name: advice
select a.line
from night n, lateral regexp_split_to_table(n.advice, '\n') with ordinality as a (line, place)
where n.night = :night and n.advice <> ''
order by a.place;

-- one row per step that was begun, in the order of the night
-- name: steps
select step as name, state, read, written, rejected, seconds, message
from night_step
where night = :night
order by
  array_position(
    array['collect', 'read', 'join', 'identify', 'post', 'tier', 'check', 'reconcile', 'close', 'extract', 'deliver'],
    step),
  began_at, step;

-- one row per arrival of the frozen input
-- name: deliveries
select
  channel, shop, document, file, sha256, outcome, message,
  rows_in, merged as rows_merged, superseded as rows_superseded, duplicate as rows_duplicate, rejected as rows_rejected,
  filtered as rows_filtered, waiting as rows_waiting
from night_input
where night = :night
order by n;

-- one row per file that lies where nobody takes it
-- name: left
select file, reason, since, kind
from inbox_left
where night = :night
order by n;

-- one row per document that the night expected
-- name: expected
select channel, shop, document, deadline, state from night_expected where night = :night order by n;

-- one row per channel and figure that was held against its band; value in points or in hundredths of a percent
-- name: figures
select channel, figure, value, nights, low, middle, high, outside, approved
from night_figure
where night = :night
order by channel, figure;

-- one row per kind; nothing before the night is closed
-- name: points
select kind, sum(points)::bigint as points, sum(moved)::bigint as moved
from points_total
where night = :night
group by kind;

-- one row per type of break that the night opened, also again
-- name: breaks
select type, count(*) as opened
from (
  select type from break where first_night = :night
  union all
  select b.type from break_event e join break b on b.id = e.break_id where e.night = :night and e.event = 'REOPENED'
) t
group by type
order by type;

-- one row per channel, shop and accounting class
-- name: classes
select channel, shop, class as accounting_class, orders
from order_class_total
where night = :night
order by channel, shop, class;
