-- Points that are available by the month of their last day, as running sums: a report looks through no lots for them.

-- grain: one row per month, as of the last close
create table expiry_month (
  month   date primary key,                 -- its first day, infinity for points that never expire
  points  bigint not null,
  members bigint not null                   -- who have any
);

insert into expiry_month
select month, sum(points)::bigint, count(*)
from (
  select coalesce(date_trunc('month', l.expires_on)::date, 'infinity') as month, coalesce(m.merged_into, m.member_id) as account,
    sum(l.remaining) as points
  from lot l join member m using (member_id)
  where l.remaining > 0 and l.available_on is not null
  group by 1, 2
) p
group by month;
