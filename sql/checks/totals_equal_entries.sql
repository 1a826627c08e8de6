-- invariant: the points per channel, shop and kind, summed while they were decided, are the sums of the night's entries
-- scope: night
-- params: :night date
select coalesce(t.channel, e.channel) as channel, coalesce(t.shop, e.shop) as shop, coalesce(t.kind, e.kind) as kind,
  t.entries, e.entries as booked, t.points, e.points as booked_points, t.moved, e.moved as booked_moved
from points_total_n{night} t
full join (
  select channel, shop, kind, count(*) as entries, sum(points) as points, sum(moved) as moved
  from entry_n{night}
  group by channel, shop, kind
) e using (channel, shop, kind)
where (t.entries, t.points, t.moved) is distinct from (e.entries, e.points, e.moved);
