-- invariant: a member's tier is what the last change made it, since the day that change came into force (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
with last as (
  select distinct on (member_id) member_id, tier_to, effective_on
  from tier_history
  where member_id >= :member_from and member_id < :member_to
  order by member_id, night desc, n desc
)
select t.member_id, t.tier, l.tier_to, t.since, l.effective_on
from (select * from tier_state where member_id >= :member_from and member_id < :member_to) t
left join last l using (member_id)
where (t.tier, t.since) is distinct from (l.tier_to, l.effective_on);
