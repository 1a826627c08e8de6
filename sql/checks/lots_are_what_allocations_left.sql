-- invariant: what is left of every lot touched tonight is its points less everything allocated from it
-- scope: night
-- params: :night date
with touched as (
  select lot_night as night, lot_member as member_id, lot_n as n from lot_state_n{night}
  union
  select night, member_id, n from lot_n{night}
), lots as (
  select t.night, t.member_id, t.n, coalesce(o.points, l.points) as points,
    coalesce(o.remaining, s.remaining) as remaining, coalesce(o.expired, s.expired) as expired
  from touched t
  left join lot_n{night} o on o.night = t.night and o.member_id = t.member_id and o.n = t.n
  left join lot l on l.night = t.night and l.member_id = t.member_id and l.n = t.n
  left join lot_state_n{night} s on s.lot_night = t.night and s.lot_member = t.member_id and s.lot_n = t.n
), allocated as (
  select a.lot_night, a.lot_member, a.lot_n, sum(a.points) as points,
    sum(a.points) filter (where a.kind = 'EXPIRE') as expired
  from (
    select a.lot_night, a.lot_member, a.lot_n, a.kind, a.points
    from allocation a
    join touched t on t.night = a.lot_night and t.member_id = a.lot_member and t.n = a.lot_n
    union all
    select lot_night, lot_member, lot_n, kind, points from allocation_n{night}
  ) a
  group by a.lot_night, a.lot_member, a.lot_n
)
select l.night, l.member_id, l.n, l.points, l.remaining, l.expired, a.points as allocated, a.expired as allocated_expired
from lots l
left join allocated a on a.lot_night = l.night and a.lot_member = l.member_id and a.lot_n = l.n
where l.points is null or l.remaining <> l.points - coalesce(a.points, 0) or l.expired <> coalesce(a.expired, 0);
