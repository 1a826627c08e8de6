-- What rules remember over several orders, as of the last closed night.
-- grain: see each statement
-- writes: nothing
-- params: :member text, :limits text[]

-- what was given of budgets
-- name: taken
select rule, sum(granted)::bigint as granted, sum(returned)::bigint as returned from budget_taken group by rule;

-- which order is the first of somebody
-- name: slots
select f.order_key, f.channel, f.shop, f.order_no, f.at, f.state
from member m
join member b on coalesce(b.merged_into, b.member_id) = coalesce(m.merged_into, m.member_id)
join first_order f on f.member_id = b.member_id
where m.member_id = :member
order by f.at, f.order_key;

-- orders of somebody that count
-- name: bought
with birth as (
  select b.member_id, coalesce(m.merged_into, m.member_id) as account
  from member m
  join member b on coalesce(b.merged_into, b.member_id) = coalesce(m.merged_into, m.member_id)
  where m.member_id = :member
), one as (
  select t.order_key
  from birth b
  join token k on k.member_id = b.member_id
  join order_token t on t.kind = k.kind and t.channel = k.channel and t.hash = k.hash
  union
  select c.order_key from birth b join order_claim c on c.member_id = b.member_id
)
select o.order_key, o.channel, o.shop, o.order_no, o.paid_at as at, v.base_fen, v.base_fen - v.goods_refund_fen as kept_fen,
  v.base_fen <= v.goods_refund_fen and exists (
    select 1 from posting p
    where p.first_night = o.first_night and p.order_key = o.order_key and p.earned > 0) as returned_later
from one
join sales_order o using (order_key)
join verdict v on v.first_night = o.first_night and v.order_key = o.order_key
join member m on m.member_id = v.owner
where coalesce(m.merged_into, m.member_id) in (select account from birth) and v.class in ('POSTED', 'ZERO') and v.base_fen > 0
  and o.paid_at is not null
order by o.paid_at, o.order_key;

-- what rules with a limit gave somebody
-- name: given
select e.order_key, e.line_key, e.channel, e.shop, e.cause_key, min(e.effective_at) as at, sum(e.points)::bigint as points
from member m
join member b on coalesce(b.merged_into, b.member_id) = coalesce(m.merged_into, m.member_id)
join entry e on e.member_id = b.member_id
where m.member_id = :member and e.kind = 'EARN' and e.cause_type in ('LINE', 'ORDER')
  and split_part(e.line_key, chr(9), 2) = any (:limits::text[])
group by e.order_key, e.line_key, e.channel, e.shop, e.cause_key
order by at, e.channel, e.shop, e.cause_key;
