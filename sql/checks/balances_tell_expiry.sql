-- invariant: when a member's points expire is what the lots of the account say (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
with asked as (
  select coalesce(max(night), '-infinity') + 30 as until from close
), day as (
  select b.account, l.expires_on, sum(l.remaining) as points
  from closed_account b join lot l using (member_id)
  where b.account >= :member_from and b.account < :member_to and l.remaining > 0 and l.available_on is not null
    and l.expires_on is not null
  group by b.account, l.expires_on
), told as (
  select d.account as member_id, coalesce(sum(d.points) filter (where d.expires_on <= a.until), 0) as expiring_points,
    min(d.expires_on) as next_expiry_on, (array_agg(d.points order by d.expires_on))[1] as next_expiry_points
  from day d cross join asked a
  group by d.account
)
select member_id, b.expiring_points, t.expiring_points as expiring, b.next_expiry_on, t.next_expiry_on as expiry_on,
  b.next_expiry_points, t.next_expiry_points as expiry_points
from told t
full join (select * from balance where member_id >= :member_from and member_id < :member_to) b using (member_id)
where coalesce(b.expiring_points, 0) <> coalesce(t.expiring_points, 0)
  or (b.next_expiry_on, b.next_expiry_points) is distinct from (t.next_expiry_on, t.next_expiry_points);
