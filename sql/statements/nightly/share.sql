-- What activities are worth, and the orders that some of them name: decided between order space and member space.
-- grain: activity_n one row per activity that is looked at; named_n one row per order that one names; shared_n as target_n;
--   awarded_n one row per award that something bound; bid_n, ask_n as target_n: grants that a slot or budget decides
-- writes: the night's own tables, touched; at close awarded, first_order, budget_taken, named_order
-- params: :night date, :previous date, :zone text, :standings_ask boolean, :rates_ask boolean, :slots text[], :ladders text[], :refills text[],
--   :limits text[], :member_limits text[], :ladder_late int
-- cost: nothing where no rule answers to activities; else a fixed number of statements over the night's activities and the
--   accounts that they belong to. Orders of the night are compared with all activities that name one, where there is any

-- name: activity_create
-- named: channel and number of the order it names, order_key where that is known; fresh: no night has decided it
create table activity_n{night} (
  member_id text collate "C" not null, key text collate "C" not null, read_on date not null, at timestamptz not null,
  type text, platform text, channel text, shop text, makeup boolean not null, named text, order_key uuid,
  fresh boolean not null);

-- name: activity_create_named
create table named_n{night} (
  order_key uuid not null, paid_at timestamptz, order_type text collate "C", owner text collate "C", decided boolean not null, base_fen bigint not null, refunds text not null,
  completed_at timestamptz, after_sale_open boolean not null);

-- name: create_shared
create table shared_n{night} (like target_n{night});

-- name: create_awarded
create table awarded_n{night} (like awarded);

-- name: create_capped
-- The same of what order space knows to be bound.
create table capped_n{night} (like awarded);

-- name: activity_due
-- An activity that says no channel names an order of its platform; of shops that number for themselves one that says no shop
-- names the one of which it was known first.
insert into activity_n{night}
select coalesce(m.merged_into, m.member_id), x.key, x.night, x.at, x.type, x.platform, x.channel, x.shop,
  coalesce(x.makeup, false), case when x.order_no is not null then coalesce(x.channel, x.platform) || ' ' || x.order_no end,
  o.order_key, true
from activity x
join member m on m.member_id = x.member_id
left join lateral (
  select s.order_key
  from sales_order s
  where x.order_no is not null and s.channel = coalesce(x.channel, x.platform) and s.order_no = x.order_no
    and s.shop = coalesce(x.shop, s.shop)
    and s.order_key >= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-0000-000000000000')::uuid
    and s.order_key <= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-ffff-ffffffffffff')::uuid
  order by s.first_night, s.shop
  limit 1
) o on true
where x.due_on > :previous and x.due_on <= :night and not x.names_friend;

-- name: activity_touch
-- Orders that are named tonight are looked at tonight.
insert into touched (night, order_key, cause)
select distinct :night::date, order_key, 'ACTIVITY' from activity_n{night} where order_key is not null
on conflict do nothing;

-- name: activity_touch_merged
-- So are those that people named who turned out to be one with somebody tonight: they may be their own after all.
insert into touched (night, order_key, cause)
select distinct :night::date, o.order_key, 'ACTIVITY'
from (
  select b.member_id
  from member m join member b on b.merged_into = m.merged_into
  where m.merged_into is not null and m.merged_night = :night
  union
  select m.merged_into from member m where m.merged_into is not null and m.merged_night = :night
) a
join activity x on x.member_id = a.member_id and x.due_on <= :previous and x.order_no is not null
cross join lateral (
  select s.order_key
  from sales_order s
  where s.channel = coalesce(x.channel, x.platform) and s.order_no = x.order_no and s.shop = coalesce(x.shop, s.shop)
    and s.order_key >= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-0000-000000000000')::uuid
    and s.order_key <= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-ffff-ffffffffffff')::uuid
  order by s.first_night, s.shop
  limit 1
) o
on conflict do nothing;

-- name: ever_named
select exists (
  select 1 from own_row where document = 'activity' and says ->> 'order_no' is not null and due_on <= :previous);

-- name: again
-- Activities of earlier nights that name an order of this one.
insert into activity_n{night}
select coalesce(m.merged_into, m.member_id), x.key, x.night, x.at, x.type, x.platform, x.channel, x.shop,
  coalesce(x.makeup, false), coalesce(x.channel, x.platform) || ' ' || x.order_no, x.order_key, false
from (
  select distinct on (a.key) a.key, a.night, a.member_id, a.as_of as at, a.says ->> 'type' as type,
    a.says ->> 'platform' as platform, a.says ->> 'channel' as channel, a.says ->> 'shop' as shop,
    a.says ->> 'order_no' as order_no, (a.says ->> 'makeup')::boolean as makeup, s.order_key
  from own_row a
  join sales_order s on s.order_no = a.says ->> 'order_no' and s.channel = coalesce(a.says ->> 'channel', a.says ->> 'platform')
    and s.shop = coalesce(a.says ->> 'shop', s.shop)
  where a.document = 'activity' and a.says ->> 'order_no' is not null and a.due_on <= :previous and a.other_hash is null
    and a.withdrawn is null
    and (s.channel, s.order_no) in (
      select o.channel, o.order_no from work_n{night} w join sales_order o on o.order_key = w.order_key)
  order by a.key, s.first_night, s.shop
) x
join work_n{night} w on w.order_key = x.order_key
join member m on m.member_id = x.member_id;

-- name: named_keys
select distinct order_key from activity_n{night} where order_key is not null;

-- name: merged
-- Members who became one tonight and of whom nothing is looked at: any activity of theirs stands for all of them.
insert into activity_n{night}
select distinct on (b.account) b.account, x.key, x.night, x.at, x.type, x.platform, x.channel, x.shop,
  coalesce(x.makeup, false), null::text, null::uuid, false
from (
  select m.merged_into as account, b.member_id
  from member m join member b on b.merged_into = m.merged_into where m.merged_night = :night
  union
  select m.merged_into, m.merged_into from member m where m.merged_night = :night
) b
join activity x on x.member_id = b.member_id and x.due_on <= :previous
where b.account not in (select a.member_id from activity_n{night} a)
order by b.account, x.at desc, x.key;

-- name: activity_analyze
analyze activity_n{night};

-- name: activities
-- With what is known of who did it, for its own time.
select buyer.member_id, x.key, x.at, x.type, x.platform, x.channel, x.shop, x.read_on, x.makeup,
  -- shops number for themselves
  x.named || coalesce(' ' || named.shop, '') as named,
  x.fresh, o.paid_at, o.order_type, o.owner as order_owner, o.decided, o.base_fen, o.refunds, o.completed_at, o.after_sale_open,
  coalesce(b.merged_into, b.member_id) as order_owner_before, k.base_fen as base_fen_before, k.refunds as refunds_before,
  buyer.member_id as owner, buyer.home_shop, buyer.join_date, buyer.join_channel, buyer.birthday,
  spent.refund_365d_fen, spent.spend_365d_fen,
  case when :standings_ask then (
    select array_agg(s.standing) from standing_n{night} s
    where s.member_id = buyer.member_id and (s.from_at is null or s.from_at <= x.at)
      and (s.to_at is null or x.at < s.to_at)) end as standings,
  (select h.tier_to from tier_history h
   where h.member_id = buyer.member_id and h.effective_on <= (x.at at time zone :zone)::date
   order by h.effective_on desc, h.n desc
   limit 1) as tier,
  (select max(m.merged_at) from member m where m.merged_into = x.member_id and m.merged_night = :night) as bound_at
from activity_n{night} x
join member buyer on buyer.member_id = x.member_id
left join sales_order named on named.order_key = x.order_key
left join profile spent on :rates_ask and spent.member_id = buyer.member_id
left join named_n{night} o on o.order_key = x.order_key
left join lateral (select * from named_order k where k.order_key = x.order_key offset 0) k on true
left join member b on b.member_id = k.owner
order by buyer.member_id, x.at, x.key;

-- name: counted
-- What activities of those members were given before, for limits; what stands of those that are looked at again; and which
-- of those got nothing.
with account as (
  select member_id, member_id as birth from activity_n{night}
  union
  select a.member_id, m.member_id from activity_n{night} a join member m on m.merged_into = a.member_id
), given as (
  select a.member_id, left(e.cause_key, -position('#' in reverse(e.cause_key))) as key, e.order_key, e.line_key,
    min(e.effective_at) as at, min(e.night) as first_night, sum(e.points)::bigint as points
  from account a
  join entry e on e.member_id = a.birth and e.cause_type = 'ACTIVITY' and e.kind = 'EARN'
  group by 1, 2, 3, 4
  union all
  select a.member_id, a.key, null::uuid, 'ACTIVITY' || chr(9) || w.rule, a.at, w.night, 0
  from activity_n{night} a
  join awarded w on w.cause_type = 'ACTIVITY' and w.channel = 'program' and w.shop = '' and w.cause_key >= a.key || '#'
    and w.cause_key < a.key || '$'
  where a.named is not null and w.granted = 0 and w.night < :night
)
select g.member_id, g.key, g.line_key, g.at, g.points, g.order_key, g.first_night, x.platform, x.named, p.pin, p.granted,
  p.award_fen, p.earned, p.clawed_back
from given g
cross join lateral (
  select x.platform, case when x.order_no is not null then coalesce(x.channel, x.platform) || ' ' || x.order_no || coalesce(' ' || (
    select s.shop
    from sales_order s
    where s.channel = coalesce(x.channel, x.platform) and s.order_no = x.order_no and s.shop = coalesce(x.shop, s.shop)
      and s.order_key >= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-0000-000000000000')::uuid
      and s.order_key <= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-ffff-ffffffffffff')::uuid
    order by s.first_night, s.shop
    limit 1), '') end as named
  from activity x where x.key = g.key order by night limit 1
) x
left join lateral (
  select min(p.pin) as pin, min(p.granted) as granted, min(p.award_fen) as award_fen, sum(p.earned)::bigint as earned,
    sum(p.clawed_back)::bigint as clawed_back
  from posting p join member m on m.member_id = p.member_id
  where (split_part(g.line_key, chr(9), 2) = any (:ladders::text[] || :member_limits::text[]) or g.key in (select a.key from activity_n{night} a))
    and p.first_night = g.first_night and p.order_key = g.order_key and p.line_key = g.line_key
    and coalesce(m.merged_into, m.member_id) = g.member_id
) p on true
order by g.member_id, g.at, g.key, g.line_key;

-- name: ladder_days
-- What those members did by tonight, in the rows of days to which tonight's news belong: a day without any activity ends a row,
-- so what lies beyond it counts for none. Looked for day by day. Orders that activities of those days name are as the last night
-- that looked at them decided; one that no night decided since it is named is as its verdict says.
with recursive account as (
  select member_id, member_id as birth from activity_n{night}
  union
  select a.member_id, m.member_id from activity_n{night} a join member m on m.merged_into = a.member_id
), news as (
  select member_id, (at at time zone :zone)::date as day from activity_n{night}
  where case when fresh then (at at time zone :zone)::date >= read_on - :ladder_late::int else order_key is not null end
  union
  select a.member_id, :night::date - n
  from account a
  join member m on m.member_id = a.birth
  cross join generate_series(0, :ladder_late::int) n
  where m.merged_night = :night
), streak (member_id, births, day) as (
  select n.member_id, b.births, n.day
  from news n
  join (select member_id, array_agg(birth order by birth) as births from account group by member_id) b on b.member_id = n.member_id
  union
  select s.member_id, s.births, s.day + step.days
  from streak s
  cross join (values (-1), (1)) step (days)
  where exists (
    select 1
    from unnest(s.births) as b (birth)
    cross join lateral (
      select 1 from activity x
      where x.member_id = b.birth and x.at >= (s.day + step.days)::timestamp at time zone :zone
        and x.at < (s.day + step.days + 1)::timestamp at time zone :zone and x.due_on <= :night and not x.names_friend
      limit 1
    ) x)
)
select buyer.member_id, x.key, x.at, x.type, x.platform, x.channel, x.shop, x.night as read_on,
  coalesce(x.makeup, false) as makeup, x.due_on > :previous as fresh,
  case when x.order_no is not null then coalesce(x.channel, x.platform) || ' ' || x.order_no || coalesce(' ' || s.shop, '') end as named,
  k.paid_at, k.order_type, coalesce(o.merged_into, o.member_id) as order_owner, true as decided, k.base_fen, k.refunds,
  k.completed_at, k.after_sale_open,
  buyer.member_id as owner, buyer.home_shop, buyer.join_date, buyer.join_channel, buyer.birthday,
  spent.refund_365d_fen, spent.spend_365d_fen,
  case when :standings_ask then (
    select array_agg(s.standing) from standing_n{night} s
    where s.member_id = buyer.member_id and (s.from_at is null or s.from_at <= x.at)
      and (s.to_at is null or x.at < s.to_at)) end as standings,
  (select h.tier_to from tier_history h
   where h.member_id = buyer.member_id and h.effective_on <= (x.at at time zone :zone)::date
   order by h.effective_on desc, h.n desc
   limit 1) as tier
from streak d
cross join unnest(d.births) as b (birth)
cross join lateral (
  select * from activity x
  where x.member_id = b.birth and x.at >= d.day::timestamp at time zone :zone
    and x.at < (d.day + 1)::timestamp at time zone :zone and x.due_on <= :night and not x.names_friend offset 0
) x
join member buyer on buyer.member_id = d.member_id
left join profile spent on :rates_ask and spent.member_id = buyer.member_id
left join lateral (
  select s.order_key, s.first_night, s.shop, s.paid_at, s.completed_at, s.order_type
  from sales_order s
  where x.order_no is not null and s.channel = coalesce(x.channel, x.platform) and s.order_no = x.order_no
    and s.shop = coalesce(x.shop, s.shop)
    and s.order_key >= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-0000-000000000000')::uuid
    and s.order_key <= (left(order_key(coalesce(x.channel, x.platform), '', x.order_no)::text, 18) || '-ffff-ffffffffffff')::uuid
  order by s.first_night, s.shop
  limit 1
) s on true
left join named_n{night} t on t.order_key = s.order_key and t.decided
left join lateral (select * from named_order n where n.order_key = s.order_key offset 0) n on t.order_key is null
left join lateral (
  select * from verdict v
  where v.first_night = s.first_night and v.order_key = s.order_key and v.class in ('POSTED', 'ZERO') offset 0
) v on t.order_key is null and n.order_key is null
left join lateral (
  select t.paid_at, t.order_type, t.owner, t.base_fen, t.refunds, t.completed_at, t.after_sale_open where t.order_key is not null
  union all
  select n.paid_at, n.order_type, n.owner, n.base_fen, n.refunds, n.completed_at, n.after_sale_open where n.order_key is not null
  union all
  select s.paid_at, s.order_type, v.owner, greatest(0, v.base_fen - v.goods_refund_fen), '', s.completed_at, false
  where v.order_key is not null
) k on true
left join member o on o.member_id = k.owner
order by buyer.member_id, x.at, x.key;

-- name: named_keep
-- What became of orders that activities name: who did something every day is asked of them again.
insert into named_order as known (order_key, paid_at, order_type, owner, base_fen, refunds, completed_at, after_sale_open)
select order_key, paid_at, order_type, owner, base_fen, refunds, completed_at, after_sale_open from named_n{night} where decided
on conflict (order_key) do update set paid_at = excluded.paid_at, order_type = excluded.order_type, owner = excluded.owner,
  base_fen = excluded.base_fen, refunds = excluded.refunds, completed_at = excluded.completed_at,
  after_sale_open = excluded.after_sale_open;

-- name: hand_over
insert into target_n{night} select * from shared_n{night};

-- name: hand_dues
-- Dates that are told of what is looked at again.
insert into due_before_n{night} (order_key, line_key, member_id, holder, due_on, held)
select d.order_key, d.line_key, coalesce(m.merged_into, m.member_id), d.member_id, d.due_on, d.held
from shared_n{night} s
cross join lateral (
  select * from due d
  where d.first_night = s.first_night and d.order_key = s.order_key and d.line_key = s.line_key offset 0
) d
join member m on m.member_id = d.member_id
where s.first_night < :night and coalesce(m.merged_into, m.member_id) = s.member_id and (d.due_on > :previous or d.held);

-- name: hand_holds
-- What is decided anew is no hold that is simply over.
delete from hold_over_n{night} h
using shared_n{night} s
where exists (select 1 from shared_n{night})
  and h.member_id = s.member_id and h.order_key = s.order_key and h.line_key = s.line_key;

-- name: apply_awarded
-- Where a limit and a budget bound one award, what both left of it.
insert into awarded (night, member_id, rule, cause_type, channel, shop, cause_key, desired, granted, reason)
select night, member_id, rule, cause_type, channel, shop, cause_key, max(desired), min(granted),
  (array_agg(reason order by granted, reason))[1]
from (select * from awarded_n{night} union all select * from capped_n{night}) bound
group by night, member_id, rule, cause_type, channel, shop, cause_key
order by cause_key, member_id
on conflict do nothing;

-- name: apply_shared
drop table if exists activity_n{night}, named_n{night}, shared_n{night}, awarded_n{night}, bid_n{night}, slot_order_n{night},
  slot_n{night}, slot_lost_n{night}, ask_n{night}, budget_n{night}, limit_lost_n{night},
  capped_n{night};

-- name: bid_create
-- Grants that bounds beyond their order decide, as they would be without them.
create table bid_n{night} (like target_n{night});

-- name: slot_create_order
-- Orders that the night looks at, of somebody or no more of anybody; not those of members whose first order is another one,
-- was paid before, and is not looked at. at: null while it is not paid; first: tonight decides it for the first time
create table slot_order_n{night} (
  member_id text collate "C", order_key uuid not null, first_night date not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, at timestamptz, base_fen bigint not null,
  kept_fen bigint not null, first boolean not null);

-- name: slot_create
create table slot_n{night} (like first_order);

-- name: slot_create_lost
-- What was given for having the slot to orders that have it no more. dead: nothing of it stands
create table slot_lost_n{night} (
  member_id text collate "C" not null, order_key uuid not null, line_key text collate "C" not null, at timestamptz not null,
  dead boolean not null);

-- name: slot_touch
-- First orders of members who became one tonight are looked at: one of them is the first.
insert into touched (night, order_key, cause)
select distinct :night::date, f.order_key, 'SLOT'
from (
  select b.member_id from member m join member b on b.merged_into = m.merged_into where m.merged_night = :night
  union
  select m.merged_into from member m where m.merged_night = :night
) b
join first_order f on f.member_id = b.member_id
on conflict do nothing;

-- name: slot_widen
-- Where the order that has the slot may come back whole or leave the member, the next one gets it: all orders of that member are looked at.
with holder as (
  select distinct coalesce(m.merged_into, m.member_id) as member_id
  from work_n{night} w join first_order f on f.order_key = w.order_key join member m on m.member_id = f.member_id
), account as (
  select member_id, member_id as birth from holder
  union all
  select h.member_id, m.member_id from holder h join member m on m.merged_into = h.member_id
)
insert into work_n{night} (order_key)
select t.order_key
from account a
-- of the few, one by one
cross join lateral (
  select t.order_key
  from token k
  join order_token t on t.kind = k.kind and t.channel = k.channel and t.hash = k.hash
  join sales_order o on o.order_key = t.order_key and o.paid_at >= k.valid_from and o.paid_at < k.valid_to
  where k.member_id = a.birth
  offset 0
) t
union
select c.order_key from account a join order_claim c on c.member_id = a.birth
on conflict do nothing;

-- name: slot_analyze
analyze slot_order_n{night}, bid_n{night};

-- name: slot_orders
select s.member_id, s.order_key, s.channel, s.shop, s.order_no, s.at, s.base_fen, s.kept_fen, s.first,
  not s.first and s.kept_fen <= 0 and (
    exists (
      select 1 from verdict v
      where v.first_night = s.first_night and v.order_key = s.order_key and v.base_fen > v.goods_refund_fen)
    or exists (
      select 1 from posting p
      where p.first_night = s.first_night and p.order_key = s.order_key and p.earned > 0)) as returned_later
from slot_order_n{night} s
where s.member_id is not null
order by s.member_id, s.order_key;

-- name: limit_touch
-- Orders for which members who became one tonight were given what one member is given so often only.
insert into touched (night, order_key, cause)
select distinct :night::date, e.order_key, 'LIMIT'
from (
  select b.member_id from member m join member b on b.merged_into = m.merged_into where m.merged_night = :night
  union
  select m.merged_into from member m where m.merged_night = :night
) b
join entry e on e.member_id = b.member_id
where e.kind = 'EARN' and e.cause_type in ('LINE', 'ORDER') and split_part(e.line_key, chr(9), 2) = any (:member_limits::text[])
on conflict do nothing;

-- name: limit_create_lost
-- What is taken of awards of members who became one tonight. granted: what is left of it
create table limit_lost_n{night} (
  member_id text collate "C" not null, order_key uuid not null, line_key text collate "C" not null, at timestamptz not null,
  granted bigint not null);

-- name: limit_given
-- What earlier nights gave by rules that count the orders of one member, of members who are to be given more or became one.
-- held: what returns left of it
with account as (
  select distinct member_id, member_id as birth
  from bid_n{night}
  where split_part(line_key, chr(9), 2) = any (:limits::text[])
  union
  select m.merged_into, m.merged_into from member m where m.merged_night = :night
), of as (
  select member_id, birth from account
  union
  select a.member_id, m.member_id from account a join member m on m.merged_into = a.member_id
)
select a.member_id, e.order_key, e.line_key, e.channel, e.shop, e.cause_key,
  min(e.effective_at) filter (where e.kind = 'EARN') as at, sum(e.points) filter (where e.kind = 'EARN')::bigint as points,
  sum(e.points)::bigint as held,
  (select max(m.merged_at) from member m where m.merged_into = a.member_id and m.merged_night = :night) as bound_at
from of a
join entry e on e.member_id = a.birth
where e.kind in ('EARN', 'CLAWBACK') and e.cause_type in ('LINE', 'ORDER') and split_part(e.line_key, chr(9), 2) = any (:limits::text[])
group by a.member_id, e.order_key, e.line_key, e.channel, e.shop, e.cause_key
having bool_or(e.kind = 'EARN')
order by a.member_id, e.order_key, e.line_key;

-- name: limit_back
update target_n{night} t
set granted = l.granted, earned_at = l.at
from limit_lost_n{night} l
where exists (select 1 from limit_lost_n{night})
  and t.member_id = l.member_id and t.order_key = l.order_key and t.line_key = l.line_key;

-- name: slot_held
-- Who had the slot of those members so far. bound_at: when the member who had it became another one tonight
with account as (
  select distinct member_id, member_id as birth from slot_order_n{night} where member_id is not null
  union all
  select w.member_id, m.member_id
  from (select distinct member_id from slot_order_n{night} where member_id is not null) w join member m on m.merged_into = w.member_id
)
select a.member_id, f.order_key, f.channel, f.shop, f.order_no, f.at, f.state,
  case when m.merged_night = :night then m.merged_at end as bound_at
from account a
join first_order f on f.member_id = a.birth
join member m on m.member_id = a.birth
where not exists (
  select 1 from slot_order_n{night} s where s.order_key = f.order_key and s.member_id is distinct from a.member_id)
order by a.member_id, f.at, f.order_key;

-- name: slot_earlier
-- Orders that closed nights counted, of members of whom no slot is known.
with wanted as (
  select distinct member_id from slot_order_n{night} where member_id is not null
), account as (
  select member_id, member_id as birth from wanted
  union all
  select w.member_id, m.member_id from wanted w join member m on m.merged_into = w.member_id
), asked as (
  select a.member_id, a.birth
  from account a
  where a.member_id not in (
    select h.member_id
    from account h
    join first_order f on f.member_id = h.birth
    where not exists (
      select 1 from slot_order_n{night} s where s.order_key = f.order_key and s.member_id is distinct from h.member_id))
), bought as (
  select a.member_id, t.order_key
  from asked a
  join token k on k.member_id = a.birth
  join order_token t on t.kind = k.kind and t.channel = k.channel and t.hash = k.hash
  union
  select a.member_id, c.order_key
  from asked a
  join order_claim c on c.member_id = a.birth
)
select b.member_id, o.order_key, o.channel, o.shop, o.order_no, o.paid_at as at, v.base_fen,
  v.base_fen - v.goods_refund_fen as kept_fen, false as first, v.base_fen <= v.goods_refund_fen and exists (
    select 1 from posting p
    where p.first_night = o.first_night and p.order_key = o.order_key and p.earned > 0) as returned_later
from bought b
join sales_order o using (order_key)
cross join lateral (
  select * from verdict v where v.first_night = o.first_night and v.order_key = o.order_key offset 0
) v
join member m on m.member_id = v.owner
where v.class in ('POSTED', 'ZERO') and coalesce(m.merged_into, m.member_id) = b.member_id and v.base_fen > 0
  and o.paid_at is not null
order by b.member_id, o.order_key;

-- name: slot_given
-- What earlier nights gave to tonight's orders for having the slot.
select t.member_id, t.order_key, t.line_key, t.earned - t.clawed_back as stands
from target_n{night} t
where t.pinned and split_part(t.line_key, chr(9), 2) = any (:slots::text[])
order by t.member_id, t.order_key, t.line_key;

-- name: bids
select * from bid_n{night} order by member_id, order_key, line_key;

-- name: budget_create
create table ask_n{night} (like target_n{night});

-- name: budget_create_taken
create table budget_n{night} (like budget_taken);

-- name: budget_spent
-- What earlier nights gave and took back, whatever version.
select rule, sum(granted)::bigint as granted, sum(returned)::bigint as returned
from budget_taken
where night < :night
group by rule;

-- name: budget_analyze
analyze ask_n{night};

-- name: budget_states
-- What is said of accounts that ask and are frozen or closed, or were.
select distinct s.account as member_id, s.birth, s.at, s.state, s.due_on > :previous as tonight
from birth_state s
where s.due_on <= :night and s.account in (select a.member_id from ask_n{night} a);

-- name: bid_states
-- The same of accounts whose orders ask.
select distinct s.account as member_id, s.birth, s.at, s.state, s.due_on > :previous as tonight
from birth_state s
where s.due_on <= :night and s.account in (select b.member_id from bid_n{night} b);

-- name: budget_asks
-- Awards of rules with a budget, in the global order. What a closed night decided to give nothing asks no more.
select a.*
from ask_n{night} a
cross join lateral (
  select
    case when a.channel = 'program' then split_part(a.line_key, chr(9), 1) when left(a.line_key, 1) = chr(9) then 'ORDER'
      else 'LINE' end collate "C" as type,
    case when a.channel = 'program' then a.order_no || '#' || split_part(a.line_key, chr(9), 2)
      else a.order_no || '/' || replace(a.line_key, chr(9), '#') end collate "C" as key
) cause
where not exists (
  select 1 from awarded w
  where w.cause_type = cause.type and w.channel = a.channel and w.shop = a.shop and w.cause_key = cause.key and w.granted = 0
    and w.night < :night and (cause.type <> 'SCHEDULE' or w.member_id = a.member_id))
order by a.earned_at, cause.type, a.channel, a.shop,
  -- of a date it is nobody's turn: members come in the order of a hash
  case when cause.type = 'SCHEDULE'
    then encode(sha256(convert_to(split_part(a.line_key, chr(9), 2) || chr(10) || a.member_id, 'UTF8')), 'hex')
    else cause.key end collate "C";

-- name: budget_apply
insert into budget_taken (night, rule, granted, returned)
select :night::date, rule, sum(granted), sum(returned)
from (
  select rule, granted, 0 as returned from budget_n{night}
  union all
  select split_part(line_key, chr(9), 2), 0, -points
  from entry
  where cardinality(:refills::text[]) > 0 and night = :night and kind = 'CLAWBACK'
    and split_part(line_key, chr(9), 2) = any (:refills::text[])
) moved
group by rule;

-- name: slot_back
update target_n{night} t
set owned = false, earned_at = l.at
from slot_lost_n{night} l
where exists (select 1 from slot_lost_n{night})
  and not l.dead and t.member_id = l.member_id and t.order_key = l.order_key and t.line_key = l.line_key;

-- name: slot_dead
delete from target_n{night} t
using slot_lost_n{night} l
where exists (select 1 from slot_lost_n{night})
  and l.dead and t.member_id = l.member_id and t.order_key = l.order_key and t.line_key = l.line_key;

-- name: slot_apply_others
-- An order that belongs to somebody else, or to nobody, is nobody else's first one, and a member who became another one has no slot.
delete from first_order f
using (
  select f.member_id
  from slot_order_n{night} s join first_order f on f.order_key = s.order_key join member m on m.member_id = f.member_id
  where coalesce(m.merged_into, m.member_id) is distinct from s.member_id
  union
  select m.member_id from slot_n{night} n join member m on m.merged_into = n.member_id
) gone
where f.member_id = gone.member_id;

-- name: slot_apply
insert into first_order
select * from slot_n{night}
on conflict (member_id) do update set night = excluded.night, order_key = excluded.order_key, channel = excluded.channel,
  shop = excluded.shop, order_no = excluded.order_no, at = excluded.at, state = excluded.state;
