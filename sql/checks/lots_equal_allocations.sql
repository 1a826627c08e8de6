-- invariant: what is left of a lot is its points less all allocations ever made from it, what expired of it what they say (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
select l.night, l.member_id, l.n, l.points, l.remaining, a.points as allocated, l.expired, a.expired as allocated_expired
from lot l
left join (
  select lot_night, lot_member, lot_n, sum(points) as points, coalesce(sum(points) filter (where kind = 'EXPIRE'), 0) as expired
  from allocation
  where lot_member >= :member_from and lot_member < :member_to
  group by lot_night, lot_member, lot_n
) a on a.lot_night = l.night and a.lot_member = l.member_id and a.lot_n = l.n
where l.member_id >= :member_from and l.member_id < :member_to
  and (l.remaining <> l.points - coalesce(a.points, 0) or l.expired <> coalesce(a.expired, 0));
