-- invariant: what a posting says is what the entries of its line and account add up to, since the first night
-- scope: full
-- params: none
select coalesce(p.order_key, e.order_key) as order_key, coalesce(p.line_key, e.line_key) as line_key,
  p.earned, e.earned as entries_earned, p.clawed_back, e.clawed_back as entries_clawed_back
from (
  select order_key, line_key, sum(earned) as earned, sum(clawed_back) as clawed_back from posting
  group by order_key, line_key
) p
full join (
  select order_key, line_key,
    coalesce(sum(points) filter (where kind = 'EARN'), 0) as earned,
    coalesce(-sum(points) filter (where kind = 'CLAWBACK'), 0) as clawed_back
  from entry
  where cause_type in ('LINE', 'ORDER', 'ACTIVITY', 'MEMBER', 'SCHEDULE', 'TOPUP', 'REFERRAL')
  group by order_key, line_key
) e using (order_key, line_key)
where coalesce(p.earned, 0) <> coalesce(e.earned, 0) or coalesce(p.clawed_back, 0) <> coalesce(e.clawed_back, 0);
