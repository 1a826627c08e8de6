-- Judges the adjustments that are due, and books none: that happens where accounts are decided.
-- grain: one row of adjusted_n per adjustment number
-- writes: nothing (Java writes adjusted_n)
-- params: :night date, :previous date, :zone text
-- cost: what is due tonight, and the adjustments of those members

-- name: due
-- booked: points of the account's adjustments of that day in closed nights, without their signs.
with due as (
  select coalesce(m.merged_into, m.member_id) as member_id, a.adjustment_no, a.at, a.points, a.reason, a.requested_by, a.approved_by,
    a.source_shop, a.expires, (a.at at time zone :zone)::date as day
  from adjustment a
  join member m on m.member_id = a.member_id
  where a.due_on > :previous and a.due_on <= :night
)
select d.*, coalesce((
    select sum(abs(e.points))
    from member b
    join entry e on e.member_id = b.member_id
    where (b.member_id = d.member_id or b.merged_into = d.member_id) and e.kind in ('ADJUST', 'WRITE_OFF') and e.cause_type = 'ADJUSTMENT'
      and (e.effective_at at time zone :zone)::date = d.day), 0)::bigint as booked
from due d
order by d.member_id, d.at, d.adjustment_no;
