-- invariant: what is left of every lot touched tonight is what was left before, or its points, less what tonight allocated from it
-- scope: night
-- params: :night date
-- why: That lots were what they are told to have been close asks of each that it changes. That it is its points less all allocations of nights before, a share of the members a night proves anew (lots_equal_allocations).
with tonight as (
  select lot_night, lot_member, lot_n, sum(points) as points, coalesce(sum(points) filter (where kind = 'EXPIRE'), 0) as expired
  from allocation_n{night}
  group by lot_night, lot_member, lot_n
), touched as (
  select night as lot_night, member_id as lot_member, n as lot_n, points as before, 0 as expired_before, remaining, expired
  from lot_n{night}
  union all
  select lot_night, lot_member, lot_n, was_remaining, was_expired, remaining, expired
  from lot_state_n{night}
)
select l.*, t.points as allocated, t.expired as allocated_expired
from touched l
left join tonight t using (lot_night, lot_member, lot_n)
where l.remaining <> l.before - coalesce(t.points, 0) or l.expired <> l.expired_before + coalesce(t.expired, 0);
