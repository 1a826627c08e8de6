-- Nights: which were begun, under which versions, and how they ended.
-- grain: one row of night per business date
-- writes: night, night_step, night_without
-- params: :night date, :run text, :code_hash text, :mappings_hash text, :program_hash text, :program text,
--   :program_version int, :zone text, :accepted text, :state text, :message text, :reject_percent numeric,
--   :channels text[], :reason text, :advice text

-- name: begun
select n.night, n.state = 'CLOSED' as closed,
  exists (select 1 from night_step s where s.night = n.night and s.step = 'deliver' and s.state = 'DONE') as finished
from night n
order by n.night;

-- name: begin
insert into night (night, run, state, previous, code_hash, mappings_hash, program_hash, program, program_version, zone,
  began_at)
values (:night, :run, 'RUNNING', (select max(night) from close where night < :night), :code_hash, :mappings_hash,
  :program_hash, :program, :program_version, :zone, clock_timestamp())
on conflict (night) do nothing;

-- name: last_closed
-- grain: no row before the first close
select n.night
from night n join close c using (night)
where n.night < :night
order by n.night desc
limit 1;

-- name: as_begun
-- What the night was begun under, if it was.
select program, program_hash, zone, accepted from night where night = :night;

-- name: changed
select v.what
from night n,
  lateral (values
    (1, 'code', n.code_hash <> :code_hash), (2, 'mappings', n.mappings_hash <> :mappings_hash),
    (3, 'programme', n.program_hash <> :program_hash), (4, 'zone', n.zone <> :zone)) as v (place, what, differs)
where n.night = :night and v.differs
order by v.place;

-- name: resume
-- What a closed night was decided under is part of its evidence, whoever extracts it.
update night
set state = 'RUNNING', ended_at = null, message = '', advice = '',
  accepted = concat_ws('; ', nullif(accepted, ''), nullif(:accepted, '')),
  code_hash = :code_hash, mappings_hash = :mappings_hash, program_hash = :program_hash, program = :program,
  program_version = :program_version, zone = :zone
where night = :night and state <> 'CLOSED';

-- name: resume_closed
update night set ended_at = null, message = '', advice = '' where night = :night and state = 'CLOSED';

-- name: without
insert into night_without (night, channel, reason)
select :night::date, channel, :reason from unnest(:channels) as channel
on conflict (night, channel) do update set reason = excluded.reason;

-- name: previous
select coalesce(max(night), date '0001-01-01') from close where night < :night;

-- name: failed
-- One whose last step is done did not fail, whatever became of the answer to its commit.
update night n set state = case when state = 'CLOSED' then state else :state end,
  message = case when e.over then '' else :message end, advice = case when e.over then '' else :advice end,
  ended_at = clock_timestamp()
from (
  select exists (select 1 from night_step s where s.night = :night and s.step = 'deliver' and s.state = 'DONE') as over
) e
where n.night = :night;

-- name: failed_step
update night_step set state = :state, message = :message, ended_at = clock_timestamp()
where night = :night and state = 'RUNNING';

-- name: ending
-- How a night that closes ends: 10 an expected delivery is missing, and nobody decided to go on without; 3 a refused delivery, too many rejects in one, or
-- an error break opened that night, also again; else 0.
select case
  when exists (
      select 1 from break b
      where b.first_night = :night and b.type = 'MISSING_DELIVERY'
        and not exists (select 1 from night_without w where w.night = :night and w.channel = b.channel)) then 10
  when exists (
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
      where type in ('CONTROL_TOTAL', 'IDENTITY_CONFLICT', 'OVERDRAWN', 'DOUBLE_CHANNEL', 'DOUBLED_ROWS',
          'SETTLED_REFUND_UNSEEN')) then 3
  else 0 end as exit_code;

-- name: ended
select exit_code from close where night = :night;
