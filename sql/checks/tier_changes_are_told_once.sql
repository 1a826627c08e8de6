-- invariant: every change of a tier begins where the one before it ended, the first by joining (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
select member_id, night, n, tier_from, tier_to, before
from (
  select member_id, night, n, tier_from, tier_to, reason,
    lag(tier_to) over (partition by member_id order by night, n) as before
  from tier_history
  where member_id >= :member_from and member_id < :member_to
) h
where tier_from = tier_to or tier_from <> coalesce(before, '') or (before is null) <> (reason = 'JOIN');
