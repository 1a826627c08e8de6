-- Markers of the steps of a night.
-- grain: one row of night_step per (night, step)
-- writes: night_step
-- params: :night date, :step text, :read bigint, :written bigint, :rejected bigint, :seconds numeric

-- name: done
select read, written, rejected from night_step where night = :night and step = :step and state = 'DONE';

-- name: begin
insert into night_step (night, step, state, began_at)
values (:night, :step, 'RUNNING', clock_timestamp())
on conflict (night, step) do update set state = 'RUNNING', began_at = excluded.began_at, ended_at = null, message = '';

-- name: mark
update night_step
set state = 'DONE', read = :read, written = :written, rejected = :rejected, seconds = :seconds,
  ended_at = clock_timestamp(), message = ''
where night = :night and step = :step;
