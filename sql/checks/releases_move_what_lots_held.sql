-- invariant: what the RELEASE entries of the night moved is what went from pending to available
-- scope: night
-- params: :night date
-- why: Per account: pending before + opened - taken from pending - moved = pending after. Other lots than those of EARN are never pending.
with before as (
  select coalesce(m.merged_into, m.member_id) as member_id, sum(b.pending) as pending
  from balance_n{night} n join balance b using (member_id) join member m using (member_id)
  group by 1
), opened as (
  -- no join: how many a lot finds of entries is reckoned wrongly, and a million were looked for one by one
  select member_id, sum(points) as points
  from (
    select member_id, n, sum(points) as points, bool_or(earn) as earn
    from (
      select member_id, n, points, false as earn from lot_n{night}
      union all
      select member_id, n, 0, true from entry_n{night} where kind = 'EARN'
    ) t
    group by member_id, n
  ) t
  where earn
  group by member_id
), taken as (
  select coalesce(m.merged_into, m.member_id) as member_id, sum(a.points) as points
  from allocation_n{night} a join member m using (member_id) where a.pending group by 1
), moved as (
  select member_id, sum(moved) as points from entry_n{night} where kind = 'RELEASE' group by member_id
)
select n.member_id, b.pending as before, o.points as opened, t.points as taken, m.points as moved, n.pending as after
from balance_n{night} n
join member k on k.member_id = n.member_id and k.merged_into is null
left join before b on b.member_id = n.member_id
left join opened o on o.member_id = n.member_id
left join taken t on t.member_id = n.member_id
left join moved m on m.member_id = n.member_id
where coalesce(b.pending, 0) + coalesce(o.points, 0) - coalesce(t.points, 0) - coalesce(m.points, 0) <> n.pending;
