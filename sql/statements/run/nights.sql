-- Nights: which were begun, under which versions, and how they ended.
-- grain: one row of night per business date
-- writes: night, night_step
-- params: :night date, :run text, :code_hash text, :mappings_hash text, :program_hash text, :program text,
--   :program_version int, :state text, :message text, :reject_percent numeric

-- name: begun
select n.night, n.state = 'CLOSED' as closed,
  exists (select 1 from night_step s where s.night = n.night and s.step = 'deliver' and s.state = 'DONE') as finished
from night n
order by n.night;

-- name: begin
insert into night (night, run, state, previous, code_hash, mappings_hash, program_hash, program, program_version, began_at)
values (:night, :run, 'RUNNING', (select max(night) from close where night < :night), :code_hash, :mappings_hash,
  :program_hash, :program, :program_version, clock_timestamp())
on conflict (night) do nothing;

-- name: changed
select v.what
from night n,
  lateral (values
    (1, 'code', n.code_hash <> :code_hash), (2, 'mappings', n.mappings_hash <> :mappings_hash),
    (3, 'programme', n.program_hash <> :program_hash)) as v (place, what, differs)
where n.night = :night and v.differs
order by v.place;

-- name: resume
update night
set state = case when state = 'CLOSED' then state else 'RUNNING' end, ended_at = null, message = '',
  accepted = case
    when (code_hash, mappings_hash, program_hash) <> (:code_hash, :mappings_hash, :program_hash)
      then 'continued under another version by --accept-version'
    else accepted end,
  code_hash = :code_hash, mappings_hash = :mappings_hash, program_hash = :program_hash
where night = :night;

-- name: previous
select coalesce(max(night), date '0001-01-01') from close where night < :night;

-- name: failed
update night set state = case when state = 'CLOSED' then state else :state end, message = :message,
  ended_at = clock_timestamp()
where night = :night;

-- name: failed_step
update night_step set state = :state, message = :message, ended_at = clock_timestamp()
where night = :night and state = 'RUNNING';

-- name: red
-- Closed, but not green: a refused delivery, too many rejects in one, or an error break opened that night, also again.
select exists (
    select 1 from night_input
    where night = :night and (outcome not in ('ACCEPTED', 'REVISION', 'DUPLICATE', 'EMPTY')
      or rejected * 100 > rows_in * :reject_percent))
  or exists (
    select 1
    from (
      select type from break where first_night = :night
      union all
      select b.type from break_event e join break b on b.id = e.break_id where e.night = :night and e.event = 'REOPENED'
    ) opened
    where type in (
      'CONTROL_TOTAL', 'DOUBLE_CHANNEL', 'DOUBLED_ROWS', 'IDENTITY_CONFLICT', 'MISSING_DELIVERY', 'OVERDRAWN'));
