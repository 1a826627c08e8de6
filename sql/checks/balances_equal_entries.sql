-- invariant: pending + available - owed of a member is the sum of its entries (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
select coalesce(b.member_id, e.member_id) as member_id, b.pending + b.available - b.owed as balance, e.points as entries
from (
  select * from balance where member_id >= :member_from and member_id < :member_to
) b
full join (
  select member_id, sum(points) as points from entry
  where member_id >= :member_from and member_id < :member_to
  group by member_id
) e on e.member_id = b.member_id
where coalesce(b.pending + b.available - b.owed, 0) <> coalesce(e.points, 0);
