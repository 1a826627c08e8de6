-- What referrals are worth: the first member to name a friend is paid for the first order that this one bought since.
-- grain: friend_n one row per friend of whom something may be decided; referral_order_n one row per order that the night looks at
-- writes: the night's own tables, work_n; at close referred
-- params: :night date, :previous date, :zone text, :standings_ask boolean, :rates_ask boolean, :members text[],
--   :friend_limits text[]
-- cost: nothing where no rule answers to referrals; else a row per order of the night, and a fixed number of statements over the
--   referrals and orders of friends who are named tonight or bought something tonight

-- name: create_order
-- owner: null where it is nobody's; paid: it is, whatever else it waits for
create table referral_order_n{night} (
  order_key uuid not null, owner text collate "C", channel text collate "C" not null, shop text collate "C" not null,
  order_no text collate "C" not null, order_type text collate "C", at timestamptz, paid boolean not null,
  decided boolean not null, base_fen bigint not null, refunds text not null, completed_at timestamptz,
  after_sale_open boolean not null);

-- name: create_friend
create table friend_n{night} (member_id text collate "C" primary key);

-- name: create_referred
create table referred_n{night} (like referred);

-- name: begin_named
-- Friends of whom tonight is told first, or who are known only tonight, and those who became one with somebody.
insert into friend_n{night}
select coalesce(m.merged_into, m.member_id)
from own_row x
join member m on m.member_id = x.other_id
where x.document = 'activity' and x.withdrawn is null and x.due_on <= :night and (x.due_on > :previous or x.other_night > :previous)
union
select p.account
from (
  select merged_into as account, merged_into as member_id from member where merged_night = :night
  union
  select m.merged_into, m.member_id from member a join member m on m.merged_into = a.merged_into where a.merged_night = :night
) p
join own_row x on x.other_id = p.member_id
where x.document = 'activity' and x.withdrawn is null and x.due_on <= :night;

-- name: begin_joined
-- Friends for whom members were paid who are one from tonight on, where a rule counts what one member gets.
with account as (
  select distinct merged_into as account from member where merged_night = :night
), birth as (
  select account as member_id from account
  union all
  select m.member_id from account a join member m on m.merged_into = a.account
)
insert into friend_n{night}
select distinct coalesce(f.merged_into, f.member_id)
from birth b
join referred r on r.member_id = b.member_id
join member f on f.member_id = r.friend_id
where r.rule = any (:friend_limits::text[])
on conflict do nothing;

-- name: joined
-- What those members were paid together. grain: one row per friend and rule
with account as (
  select merged_into as account, max(merged_at) as bound_at from member where merged_night = :night group by merged_into
), birth as (
  select account, account as member_id, bound_at from account
  union all
  select a.account, m.member_id, a.bound_at from account a join member m on m.merged_into = a.account
)
select b.account as referrer, b.bound_at, r.rule, r.order_key, r.event_key, r.at, r.points
from birth b join referred r on r.member_id = b.member_id
where r.rule = any (:friend_limits::text[]) and r.points > 0
order by b.account, r.rule, r.at, r.event_key;

-- name: widen_holders
-- An order that was paid for may come back whole, or be somebody else's: the friend's next one may count.
insert into friend_n{night}
select distinct coalesce(m.merged_into, m.member_id)
from work_n{night} w
join referred r on r.order_key = w.order_key
join member m on m.member_id = r.friend_id
on conflict do nothing;

-- name: widen_orders
-- All orders of those friends are looked at.
with account as (
  select member_id, member_id as birth from friend_n{night}
  union all
  select f.member_id, m.member_id from friend_n{night} f join member m on m.merged_into = f.member_id
)
insert into work_n{night} (order_key)
select t.order_key
from account a
join token k on k.member_id = a.birth
join order_token t on t.kind = k.kind and t.channel = k.channel and t.hash = k.hash
join sales_order o on o.order_key = t.order_key and o.paid_at >= k.valid_from and o.paid_at < k.valid_to
union
select c.order_key from account a join order_claim c on c.member_id = a.birth
on conflict do nothing;

-- name: find_analyze
analyze referral_order_n{night};

-- name: find_buyers
-- Friends who bought something that tonight looks at.
insert into friend_n{night}
select distinct r.owner
from referral_order_n{night} r
where r.owner in (
  select coalesce(m.merged_into, m.member_id)
  from own_row x join member m on m.member_id = x.other_id
  where x.document = 'activity' and x.withdrawn is null and x.other_id is not null and x.due_on <= :night)
on conflict do nothing;

-- name: find_friends
analyze friend_n{night};

-- name: pairs
-- Who named them, each time with every order of tonight that the friend bought since, and what is known of who did it, for the
-- order's own time.
with account as (
  select member_id as friend, member_id as birth from friend_n{night}
  union all
  select f.member_id, m.member_id from friend_n{night} f join member m on m.merged_into = f.member_id
), named as (
  select a.friend, x.key, x.as_of as at, x.says ->> 'type' as type, x.says ->> 'platform' as platform,
    coalesce((x.says ->> 'makeup')::boolean, false) as makeup, (x.due_on > :previous or x.other_night > :previous) as fresh,
    x.member_id
  from account a
  join own_row x on x.other_id = a.birth
  where x.document = 'activity' and x.withdrawn is null and x.due_on <= :night
), bought as (
  select a.friend, t.order_key
  from account a
  join token k on k.member_id = a.birth
  join order_token t on t.kind = k.kind and t.channel = k.channel and t.hash = k.hash
  union
  select a.friend, c.order_key from account a join order_claim c on c.member_id = a.birth
), before as (
  select b.friend, min(o.paid_at) as at
  from bought b
  join sales_order o using (order_key)
  cross join lateral (
    select * from verdict v where v.first_night = o.first_night and v.order_key = o.order_key offset 0
  ) v
  join member m on m.member_id = v.owner
  where coalesce(m.merged_into, m.member_id) = b.friend and v.class not in ('UNPAID', 'CANCELLED', 'PENDING')
    and b.order_key not in (select order_key from referral_order_n{night})
  group by b.friend
), tonight as (
  select owner, min(at) as at from referral_order_n{night} where paid group by owner
)
select n.friend, n.key, n.at, n.type, n.platform, n.makeup, n.fresh, buyer.member_id as referrer,
  coalesce(least(before.at, tonight.at) < n.at, false) as bought_before,
  o.order_key, o.channel, o.shop, o.order_no, o.order_type, o.at as paid_at, o.owner as order_owner, o.decided, o.base_fen,
  o.refunds, o.completed_at, o.after_sale_open,
  buyer.member_id as owner, buyer.home_shop, buyer.join_date, buyer.join_channel, buyer.birthday,
  spent.refund_365d_fen, spent.spend_365d_fen,
  case when :standings_ask then (
    select array_agg(s.standing) from standing_n{night} s
    where s.member_id = buyer.member_id and (s.from_at is null or s.from_at <= coalesce(o.at, n.at))
      and (s.to_at is null or coalesce(o.at, n.at) < s.to_at)) end as standings,
  (select h.tier_to from tier_history h
   where h.member_id = buyer.member_id and h.effective_on <= (coalesce(o.at, n.at) at time zone :zone)::date
   order by h.effective_on desc, h.n desc
   limit 1) as tier
from named n
join member m on m.member_id = n.member_id
join member buyer on buyer.member_id = coalesce(m.merged_into, m.member_id)
left join before on before.friend = n.friend
left join tonight on tonight.owner = n.friend
left join referral_order_n{night} o on o.owner = n.friend and o.at >= n.at
left join profile spent on :rates_ask and spent.member_id = buyer.member_id
order by n.friend, n.at, n.key, o.at, o.order_key;

-- name: held
-- What was given for them, what is posted of it, and what tonight says of the orders.
with account as (
  select member_id as friend, member_id as birth from friend_n{night}
  union all
  select f.member_id, m.member_id from friend_n{night} f join member m on m.merged_into = f.member_id
)
select a.friend, r.friend_id, r.rule, coalesce(m.merged_into, m.member_id) as referrer, r.member_id, r.event_key, r.order_key,
  r.order_no, r.at, r.number, r.points, r.state, r.award_key, r.award_night,
  o.order_type, o.at as paid_at, o.owner as order_owner, o.decided, o.base_fen, o.refunds, o.completed_at, o.after_sale_open,
  p.pin, p.granted, p.award_fen, p.earned, p.clawed_back
from account a
join referred r on r.friend_id = a.birth
join member m on m.member_id = r.member_id
left join referral_order_n{night} o on o.order_key = r.order_key
left join lateral (
  select min(p.pin) as pin, min(p.granted) as granted, min(p.award_fen) as award_fen, sum(p.earned)::bigint as earned,
    sum(p.clawed_back)::bigint as clawed_back
  from posting p
  join member h on h.member_id = p.member_id
  where p.first_night = r.award_night and p.order_key = r.award_key and p.line_key = 'REFERRAL' || chr(9) || r.rule
    and coalesce(h.merged_into, h.member_id) = coalesce(m.merged_into, m.member_id)
) p on true
order by a.friend, r.rule, r.friend_id;

-- name: given
-- What those members were given for friends.
select coalesce(f.merged_into, f.member_id) as friend, b.account as referrer, r.rule, r.order_key, r.number, r.at, r.points
from (
  select member_id, member_id as account from member where member_id = any (:members::text[])
  union all
  select member_id, merged_into from member where merged_into = any (:members::text[])
) b
join referred r on r.member_id = b.member_id
join member f on f.member_id = r.friend_id
order by r.friend_id, r.rule;

-- name: apply_referred
insert into referred
select * from referred_n{night}
on conflict (friend_id, rule) do update set night = excluded.night, member_id = excluded.member_id,
  event_key = excluded.event_key, order_key = excluded.order_key, order_no = excluded.order_no, at = excluded.at,
  number = excluded.number, points = excluded.points, state = excluded.state, award_key = excluded.award_key,
  award_night = excluded.award_night;

-- name: apply_gone
drop table if exists referral_order_n{night}, friend_n{night}, referred_n{night};
