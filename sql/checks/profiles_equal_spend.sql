-- invariant: what a profile says of purchases is what the member's spend adds up to (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
-- why: Profiles are moved by what changed and by the clock; here they are made from nothing.
with asked as (
  select coalesce(max(night), '-infinity') - 365 as since from close
), paid as (
  select b.account, s.channel, s.paid_on, sum(s.orders) as orders, sum(s.base_fen) as base_fen, sum(s.refund_fen) as refund_fen
  from closed_account b join spend s using (member_id)
  where b.account >= :member_from and b.account < :member_to
  group by b.account, s.channel, s.paid_on
  having sum(s.orders) <> 0 or sum(s.base_fen) <> 0 or sum(s.refund_fen) <> 0
), figures as (
  select p.account as member_id,
    coalesce(sum(p.orders) filter (where p.paid_on > a.since), 0) as orders_365d,
    coalesce(sum(p.base_fen) filter (where p.paid_on > a.since), 0) as spend_365d_fen,
    coalesce(sum(p.refund_fen) filter (where p.paid_on > a.since), 0) as refund_365d_fen,
    max(p.paid_on) as last_paid_on, string_agg(distinct p.channel, '|' order by p.channel) as channels
  from paid p cross join asked a
  group by p.account
)
select member_id, p.orders_365d, f.orders_365d as orders, p.spend_365d_fen, f.spend_365d_fen as spend, p.refund_365d_fen,
  f.refund_365d_fen as refund, p.last_paid_on, f.last_paid_on as paid_on, p.channels, f.channels as bought_in
from figures f
full join (select * from profile where member_id >= :member_from and member_id < :member_to) p using (member_id)
where (p.orders_365d, p.spend_365d_fen, p.refund_365d_fen, p.last_paid_on, p.channels)
  is distinct from (f.orders_365d, f.spend_365d_fen, f.refund_365d_fen, f.last_paid_on, f.channels);
