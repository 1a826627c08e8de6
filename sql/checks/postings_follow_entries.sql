-- invariant: what a posting gained tonight is what the night's entries of that line and account say
-- scope: night
-- params: :night date
-- why: Sums of signed rows: one pass, and nothing is sorted or joined.
select order_key, line_key, member_id, sum(earned) as earned_too_much, sum(clawed_back) as clawed_back_too_much
from (
  select order_key, line_key, member_id, earned, clawed_back from posting_n{night}
  union all
  select order_key, line_key, member_id, earned, clawed_back from posting_again_n{night}
  union all
  select order_key, line_key, member_id, case kind when 'EARN' then -points else 0 end,
    case kind when 'CLAWBACK' then points else 0 end
  from entry_n{night}
  where cause_type in ('LINE', 'ORDER', 'ACTIVITY', 'MEMBER', 'SCHEDULE', 'TOPUP', 'REFERRAL') and kind in ('EARN', 'CLAWBACK')
) t
group by order_key, line_key, member_id
having sum(earned) <> 0 or sum(clawed_back) <> 0;
