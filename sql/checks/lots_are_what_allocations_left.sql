-- invariant: what is left of every lot touched tonight is its points less everything allocated from it
-- scope: night
-- params: :night date
-- why: Lots of tonight can only have been taken from tonight; of others all nights count.
with tonight as (
  select lot_night, lot_member, lot_n, sum(points) as points, coalesce(sum(points) filter (where kind = 'EXPIRE'), 0) as expired
  from allocation_n{night}
  group by lot_night, lot_member, lot_n
), opened as (
  select l.night, l.member_id, l.n, l.points, l.remaining, l.expired, coalesce(t.points, 0) as allocated,
    coalesce(t.expired, 0) as allocated_expired
  from lot_n{night} l
  left join tonight t on t.lot_night = l.night and t.lot_member = l.member_id and t.lot_n = l.n
), before as (
  select s.lot_night, s.lot_member, s.lot_n, sum(a.points) as points,
    coalesce(sum(a.points) filter (where a.kind = 'EXPIRE'), 0) as expired
  from lot_state_n{night} s
  join allocation a on a.lot_night = s.lot_night and a.lot_member = s.lot_member and a.lot_n = s.lot_n
  group by s.lot_night, s.lot_member, s.lot_n
), changed as (
  select s.lot_night, s.lot_member, s.lot_n, l.points, s.remaining, s.expired,
    coalesce(b.points, 0) + coalesce(t.points, 0) as allocated, coalesce(b.expired, 0) + coalesce(t.expired, 0) as allocated_expired
  from lot_state_n{night} s
  left join lot l on l.night = s.lot_night and l.member_id = s.lot_member and l.n = s.lot_n
  left join before b on b.lot_night = s.lot_night and b.lot_member = s.lot_member and b.lot_n = s.lot_n
  left join tonight t on t.lot_night = s.lot_night and t.lot_member = s.lot_member and t.lot_n = s.lot_n
)
select *
from (select * from opened union all select * from changed) l
where l.points is null or l.remaining <> l.points - l.allocated or l.expired <> l.allocated_expired;
