-- invariant: what members spent, per channel and date, is what the verdicts on their orders say, since the first night
-- scope: full
-- params: none
select member_id, channel, paid_on, s.orders, v.orders as verdicts, s.base_fen, v.base_fen as verdicts_fen, s.refund_fen,
  v.refund_fen as verdicts_refund_fen, s.kept, v.kept as verdicts_kept
from (
  select coalesce(m.merged_into, m.member_id) as member_id, s.channel, s.paid_on, sum(s.orders) as orders,
    sum(s.base_fen) as base_fen, sum(s.refund_fen) as refund_fen, sum(s.kept) as kept
  from spend s join member m using (member_id)
  group by coalesce(m.merged_into, m.member_id), s.channel, s.paid_on
  having sum(s.orders) <> 0 or sum(s.base_fen) <> 0 or sum(s.refund_fen) <> 0 or sum(s.kept) <> 0
) s
full join (
  select coalesce(m.merged_into, m.member_id) as member_id, o.channel, v.paid_on, count(*) as orders,
    sum(v.base_fen) as base_fen, sum(least(v.goods_refund_fen, v.base_fen)) as refund_fen,
    count(*) filter (where v.base_fen > v.goods_refund_fen) as kept
  from verdict v join sales_order o using (order_key, first_night) join member m on m.member_id = v.owner
  where v.paid_on is not null
  group by coalesce(m.merged_into, m.member_id), o.channel, v.paid_on
) v using (member_id, channel, paid_on)
where (s.orders, s.base_fen, s.refund_fen, s.kept) is distinct from (v.orders, v.base_fen, v.refund_fen, v.kept);
