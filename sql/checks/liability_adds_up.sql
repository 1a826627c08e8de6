-- invariant: total points of all members = total of the previous close + entries of the night
-- scope: night
-- params: :night date, :previous date
select p.closing as before, e.points as entries, a.total as after
from (select coalesce(sum(closing), 0) as closing from liability where night = :previous) p,
  (select coalesce(sum(points), 0) as points from entry_n{night}) e,
  (
    select coalesce(sum(x.pending + x.available - x.owed), 0) as total
    from (
      select coalesce(n.pending, b.pending) as pending, coalesce(n.available, b.available) as available,
        coalesce(n.owed, b.owed) as owed
      from balance b full join balance_n{night} n using (member_id)
    ) x
  ) a
where p.closing + e.points <> a.total;
