-- invariant: when a member's points expire is what the lots of the account say (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
with closed as (
  select coalesce(max(night), '-infinity') as night from close
), birth as (
  -- accounts as the last close left them: who merges in a night that is open still has his own
  select m.member_id as account, m.member_id
  from member m
  where m.member_id >= :member_from and m.member_id < :member_to and m.merged_into is null
  union all
  select m.merged_into, m.member_id
  from member m cross join closed c
  where m.merged_into >= :member_from and m.merged_into < :member_to and m.held_until <= c.night
  union all
  select m.held_by, m.member_id
  from member m cross join closed c
  where m.held_by >= :member_from and m.held_by < :member_to and m.held_until > c.night
), asked as (
  select night + 30 as until from closed
), day as (
  select b.account, l.expires_on, sum(l.remaining) as points
  from birth b join lot l using (member_id)
  where l.remaining > 0 and l.available_on is not null and l.expires_on is not null
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
