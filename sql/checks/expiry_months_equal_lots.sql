-- invariant: what is available by the month of its last day is what lots hold of it, and so is who has any
-- scope: full
-- params: none
select coalesce(l.month, t.month) as month, t.points, l.points as lots_points, t.members, l.members as lots_members
from expiry_month t
full join (
  select month, sum(points) as points, count(*) as members
  from (
    select coalesce(date_trunc('month', l.expires_on)::date, 'infinity') as month, k.account, sum(l.remaining) as points
    from lot l join closed_account k using (member_id)
    where l.remaining > 0 and l.available_on is not null
    group by 1, 2
  ) a
  group by month
) l on l.month = t.month
where coalesce(t.points, 0) <> coalesce(l.points, 0) or coalesce(t.members, 0) <> coalesce(l.members, 0);
