-- invariant: pending + available - owed of a member is the sum of its entries (one share of the buckets a night)
-- scope: rolling
-- params: :bucket_from int, :bucket_to int
select coalesce(b.member_id, e.member_id) as member_id, b.pending + b.available - b.owed as balance, e.points as entries
from (
  select b.* from balance b join member m using (member_id)
  where m.bucket between :bucket_from and :bucket_to
) b
full join (
  select member_id, sum(points) as points from entry
  where bucket between :bucket_from and :bucket_to
  group by member_id
) e on e.member_id = b.member_id
where coalesce(b.pending + b.available - b.owed, 0) <> coalesce(e.points, 0);
