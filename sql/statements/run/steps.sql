-- Markers of the steps of a night.
-- grain: one row of night_step per (night, step)
-- writes: night_step
-- params: :night date, :step text, :read bigint, :written bigint, :rejected bigint, :seconds numeric

-- name: done
select read, written, rejected from night_step where night = :night and step = :step and state = 'DONE';

-- what the step took when it was done last, scaled by the rows of the deliveries where both nights know
-- them and there are enough; both tables are small and go by their primary keys
-- name: expected
select (s.seconds * 1000 * case
    when now_in.rows_in >= 1000 and then_in.rows_in >= 1000 then now_in.rows_in / then_in.rows_in
    else 1 end)::bigint as milliseconds
from night_step s,
  lateral (select sum(rows_in) as rows_in from night_input where night = s.night) as then_in,
  lateral (select sum(rows_in) as rows_in from night_input where night = :night) as now_in
where s.step = :step and s.state = 'DONE'
  and s.night = (select max(b.night) from night_step b where b.night < :night and b.step = :step and b.state = 'DONE');

-- name: begin
insert into night_step (night, step, state, began_at)
values (:night, :step, 'RUNNING', clock_timestamp())
on conflict (night, step) do update set state = 'RUNNING', began_at = excluded.began_at, ended_at = null, message = '';

-- name: mark
update night_step
set state = 'DONE', read = :read, written = :written, rejected = :rejected, seconds = :seconds,
  ended_at = clock_timestamp(), message = ''
where night = :night and step = :step;
