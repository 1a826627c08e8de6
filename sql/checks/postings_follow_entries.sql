-- invariant: what a posting gained tonight is what the night's entries of that line and account say
-- scope: night
-- params: :night date
select coalesce(p.order_key, e.order_key) as order_key, coalesce(p.line_key, e.line_key) as line_key,
  coalesce(p.member_id, e.member_id) as member_id, p.earned, e.earned as entries_earned, p.clawed_back,
  e.clawed_back as entries_clawed_back
from (
  select order_key, line_key, member_id, sum(earned) as earned, sum(clawed_back) as clawed_back
  from (
    select order_key, line_key, member_id, earned, clawed_back from posting_n{night}
    union all
    select order_key, line_key, member_id, earned, clawed_back from posting_again_n{night}
  ) t
  group by order_key, line_key, member_id
) p
full join (
  select order_key, line_key, member_id,
    coalesce(sum(points) filter (where kind = 'EARN'), 0) as earned,
    coalesce(-sum(points) filter (where kind = 'CLAWBACK'), 0) as clawed_back
  from entry_n{night}
  where cause_type in ('LINE', 'ORDER', 'ACTIVITY', 'MEMBER', 'SCHEDULE', 'TOPUP', 'REFERRAL')
  group by order_key, line_key, member_id
) e on e.order_key = p.order_key and e.line_key = p.line_key and e.member_id = p.member_id
where coalesce(p.earned, 0) <> coalesce(e.earned, 0) or coalesce(p.clawed_back, 0) <> coalesce(e.clawed_back, 0);
