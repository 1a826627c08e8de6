-- invariant: what is left of a lot is its points less all allocations ever made from it (one share of the buckets a night)
-- scope: rolling
-- params: :bucket_from int, :bucket_to int
select l.night, l.member_id, l.n, l.points, l.remaining, a.points as allocated
from lot l
left join (
  select a.lot_night, a.lot_member, a.lot_n, sum(a.points) as points
  from allocation a join member m on m.member_id = a.lot_member
  where m.bucket between :bucket_from and :bucket_to
  group by a.lot_night, a.lot_member, a.lot_n
) a on a.lot_night = l.night and a.lot_member = l.member_id and a.lot_n = l.n
where l.bucket between :bucket_from and :bucket_to and l.remaining <> l.points - coalesce(a.points, 0);
