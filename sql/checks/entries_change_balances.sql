-- invariant: the points a member's entries of the night add up to are what pending + available - owed changed by
-- scope: night
-- params: :night date
-- why: A merged member's balance goes to zero with its own MERGE entry, so it is held to the same rule.
select n.member_id, coalesce(e.points, 0) as entries,
  (n.pending + n.available - n.owed) - coalesce(b.pending + b.available - b.owed, 0) as balance_change
from balance_n{night} n
left join balance b on b.member_id = n.member_id
left join (select member_id, sum(points) as points from entry_n{night} group by member_id) e on e.member_id = n.member_id
where coalesce(e.points, 0)
  <> (n.pending + n.available - n.owed) - coalesce(b.pending + b.available - b.owed, 0);
