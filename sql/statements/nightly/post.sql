-- Decides what the touched lines are worth: order space -> member space -> MemberNight -> the night's own tables.
-- grain: target_n one row per (line, account); the night's tables as their parents
-- writes: return_match, till_return, touched, night, and the night's own tables
-- params: :night date, :previous date, :cut timestamptz, :zone text, :claim_from date[], :claim_days int[],
--   :match_days int, :low uuid, :high uuid, :leaf date, :rules_ask boolean, :rates_ask boolean, :standings_ask boolean, :hq text[],
--   :charges boolean, :slots text[], :channel text, :nights int, :member text, :entries bigint, :entry_root text
-- cost: a fixed number of cursors and COPY streams over the work set; no index on a table while it is filled

-- name: drop
drop table if exists standing_n{night}, known_n{night}, verdict_before_n{night}, posting_before_n{night}, due_before_n{night}, target_n{night},
  verdict_n{night}, verdict_again_n{night}, workset_n{night}, account_n{night}, hold_over_n{night}, entry_n{night}, lot_n{night},
  lot_release_n{night}, allocation_n{night}, lot_state_n{night}, debt_n{night}, posting_n{night}, posting_again_n{night},
  due_n{night}, due_again_n{night}, due_held_n{night}, spend_n{night}, balance_n{night}, opening_n{night}, opening_due_n{night}, adjusted_n{night},
  class_change_n{night}, points_total_n{night}, movement_n{night}, expiry_month_n{night}, activity_n{night}, named_n{night},
  shared_n{night}, awarded_n{night}, bid_n{night}, slot_order_n{night}, slot_n{night}, slot_lost_n{night}, ask_n{night},
  budget_n{night}, occasion_n{night}, referral_order_n{night}, friend_n{night}, referred_n{night},
  limit_lost_n{night}, capped_n{night}, doubt_n{night}, line_money_n{night}, charge_due_n{night}, charge_n{night} cascade;

-- name: create_known
-- Orders of the work set that earlier nights saw, by the leaf in which everything of them lies.
create table known_n{night} (order_key uuid not null, first_night date not null);

-- name: create_standing
-- What documents say members are or have; empty where no rule asks. to_at: the first moment it no longer holds, null: open
create table standing_n{night} (
  member_id text collate "C" not null, standing text not null, from_at timestamptz, to_at timestamptz);

-- name: create_charge_due
-- Orders that somebody paid in a tier which the last close found too high: held, and the one that was due. at: when it fell
create table charge_due_n{night} (
  order_key uuid primary key, at timestamptz not null, held text collate "C" not null, due text collate "C" not null);

-- name: create_charge
create table charge_n{night} (like tier_charge including constraints);

-- name: create_verdict_before
create table verdict_before_n{night} (like verdict);

-- name: create_posting_before
create table posting_before_n{night} (
  order_key uuid not null, line_key text collate "C" not null, member_id text collate "C" not null, earned bigint not null,
  clawed_back bigint not null, pin integer, granted bigint, award_fen bigint);

-- name: create_due_before
-- holder: under whom the date is kept; he may have merged into the account since
create table due_before_n{night} (
  order_key uuid not null, line_key text collate "C" not null, member_id text collate "C" not null,
  holder text collate "C" not null, due_on date not null, held boolean not null);

-- name: create_target
create table target_n{night} (
  member_id text collate "C" not null, order_key uuid not null, first_night date not null,
  channel text collate "C" not null, shop text collate "C" not null, order_no text collate "C" not null,
  line_key text collate "C" not null, owned boolean not null, earned_at timestamptz not null, base_fen bigint not null,
  refunds text not null, completed_at timestamptz, after_sale_open boolean not null,
  pin integer, pinned boolean not null, granted bigint, award_fen bigint, earned bigint not null, clawed_back bigint not null,
  debit_on date not null, takes boolean not null);

-- name: create_line_money
create table line_money_n{night} (like line_money);

-- name: create_doubt
-- Awards that are due and wait with an order that is not decided.
create table doubt_n{night} (award_key uuid primary key);

-- name: create_verdict
-- Of orders that this night sees first.
create table verdict_n{night} (like verdict including constraints) with (fillfactor = 85);

-- name: create_verdict_again
-- Of orders that earlier nights saw. known: one of them looked at it; changed: it said something else
create table verdict_again_n{night} (like verdict, known boolean not null, changed boolean not null);

-- name: create_verdict_again_leaf
create index on verdict_again_n{night} (first_night, order_key);

-- name: create_verdicts
-- Every order that the night looked at.
create view order_n{night} as
select order_key, first_night, class, would_be_points, ticket, false as known from verdict_n{night}
union all
select order_key, first_night, class, would_be_points, ticket, known from verdict_again_n{night};

-- name: create_spend
create table spend_n{night} (like spend including constraints);

-- name: create_workset
-- whole: something may be taken from the account tonight, or anything else asks for all its lots
create table workset_n{night} (
  member_id text collate "C" not null, bucket smallint not null, debit_on date not null, undo boolean not null,
  whole boolean not null);

-- name: create_hold_over
-- Lines whose hold is over and to which nothing else happened. grain: one row per (line, account, who was given it)
create table hold_over_n{night} (
  member_id text collate "C" not null, order_key uuid not null, line_key text collate "C" not null,
  available_on date not null, pin integer not null);

-- name: create_account
-- birth: a member whose lots and debts the account has; holder: the account that held them before tonight
create table account_n{night} (
  member_id text collate "C" not null, birth text collate "C" not null, holder text collate "C" not null,
  debit_on date not null, undo boolean not null, whole boolean not null);

-- name: create_entry
create table entry_n{night} (like entry including constraints);

-- name: create_lot
create table lot_n{night} (like lot including constraints) with (fillfactor = 50);

-- name: create_lot_release
create table lot_release_n{night} (like lot_release including constraints);

-- name: create_allocation
create table allocation_n{night} (like allocation including constraints);

-- name: create_lot_state
-- What becomes of lots of former nights, and what they were when that was decided.
create table lot_state_n{night} (
  lot_night date not null, lot_member text collate "C" not null, lot_n integer not null, remaining bigint not null,
  expired bigint not null, available_on date, expires_on date, was_remaining bigint not null, was_expired bigint not null,
  was_available_on date);

-- name: create_debt
create table debt_n{night} (like debt);

-- name: create_posting
-- What lines of orders that this night sees first were given.
create table posting_n{night} (like posting including constraints) with (fillfactor = 90);

-- name: create_posting_again
-- What lines of other orders were given more than before.
create table posting_again_n{night} (like posting);

-- name: create_due
create table due_n{night} (like due including constraints) with (fillfactor = 90);

-- name: create_due_again
-- Dates of lines of other orders that are told otherwise than before; null ends one.
create table due_again_n{night} (
  order_key uuid not null, first_night date not null, line_key text collate "C" not null,
  member_id text collate "C" not null, due_on date, held boolean not null, pin integer);

-- name: create_due_held
-- Orders that are not decided although a hold is over: their points wait with them.
create table due_held_n{night} (order_key uuid not null, first_night date not null);

-- name: create_balance
create table balance_n{night} (like balance);

-- name: create_class_change
create table class_change_n{night} (
  channel text collate "C" not null, shop text collate "C" not null, class text collate "C" not null,
  orders bigint not null, base_fen bigint not null, refund_fen bigint not null);

-- name: create_points_total
create table points_total_n{night} (
  channel text collate "C" not null, shop text collate "C" not null, kind text collate "C" not null,
  entries bigint not null, points bigint not null, moved bigint not null, multiplied bigint not null);

-- name: create_movement
create table movement_n{night} (
  channel text collate "C" not null, shop text collate "C" not null, account text collate "C" not null,
  movement text not null, points bigint not null);

-- name: create_expiry_month
-- What changes of the points that are available, by the first day of the month in which they end; null: never.
create table expiry_month_n{night} (month date, points bigint not null, members bigint not null);

-- name: create_opening
create table opening_n{night} (like opening);

-- name: create_opening_due
create table opening_due_n{night} (
  member_id text collate "C" not null, channel text collate "C" not null, shop text collate "C" not null,
  combine text not null, theirs bigint not null);

-- name: create_adjusted
-- Adjustments that are due tonight, judged. against: why one is refused, empty for those that are booked; taken_back: it undoes
-- one that an earlier night booked; write_off: it lets go what is owed
create table adjusted_n{night} (
  member_id text collate "C" not null, adjustment_no text collate "C" not null, at timestamptz not null, points bigint not null,
  expires date, against text not null, taken_back boolean not null, write_off boolean not null);

-- name: unmatch
-- A repeated step finds the night's own matches gone, and what it judged of transfers.
with judged as (
  delete from transferred where night = :night
)
delete from return_match where night = :night;

-- name: unmatch_returns
update till_return set matched_night = null, member_id = null, orphan_fen = 0 where matched_night = :night;

-- name: open_return_drop
drop table if exists open_return_n{night};

-- name: open_return_create
create table open_return_n{night} (
  order_key uuid not null, line_key text collate "C" not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, sku text collate "C" not null,
  at timestamptz not null, amount_fen bigint not null, member_id text collate "C", orphan boolean not null);

-- name: open_returns
-- Return rows of tills that no night has looked at, with the member who returned.
insert into open_return_n{night}
select r.order_key, r.line_key, r.channel, r.shop, r.order_no, r.sku, r.at, r.amount_fen, m.member_id, false
from till_return r
left join lateral (
  select coalesce(m.merged_into, m.member_id) as member_id
  from order_token t
  join token k on k.kind = t.kind and k.channel = t.channel and k.hash = t.hash
    and k.valid_from <= r.at and r.at < k.valid_to
  join member m on m.member_id = k.member_id
  where t.order_key = r.order_key
  order by t.night, t.kind, t.hash
  limit 1
) m on true
where r.matched_night is null and r.at < :cut;

-- name: open_orphans
-- Returns that found no sale when they were looked at, and of whose goods a sale at or before them arrived tonight or
-- got another owner; and all of those who turned out to be one tonight, as what one bought the other may have brought back. They
-- stay with the member they were booked on.
insert into open_return_n{night}
with orphan as not materialized (
  select o.*, coalesce(m.merged_into, m.member_id) as account, o.orphan_fen - coalesce((
      select sum(x.amount_fen) from return_match x
      where x.return_order_key = o.order_key and x.return_line_key = o.line_key and x.night > o.matched_night), 0)
      as rest_fen
  from till_return o
  join member m on m.member_id = o.member_id
  where o.orphan_fen > 0
    and o.matched_night < :night and o.matched_night >= :night::date - :match_days::int
)
select r.order_key, r.line_key, r.channel, r.shop, r.order_no, r.sku, r.at, r.rest_fen, r.account, true
from orphan r
join (
  -- what was sold for the first time or got another owner tonight, by what it is matched by
  select channel, sku, min(at) as at
  from (
    select channel, sku, at from sold_n{night}
    union all
    select s.channel, l.sku, l.at
    from touched t join order_line l using (order_key) join sales_order s using (order_key)
    where t.night = :night and t.cause = 'OWNER' and l.at is not null
  ) s
  group by channel, sku
) sold on sold.channel = r.channel and sold.sku = r.sku and sold.at <= r.at
where r.rest_fen > 0
union
select r.order_key, r.line_key, r.channel, r.shop, r.order_no, r.sku, r.at, r.rest_fen, r.account, true
from orphan r
where r.rest_fen > 0
  and r.account in (select merged_into from member where merged_into is not null and merged_night = :night);

-- name: returns
-- What is to be matched tonight. grain: one row per return row
select order_key, line_key, channel, shop, order_no, sku, at, amount_fen, member_id, orphan
from open_return_n{night}
order by member_id nulls last, channel, sku, at, shop, order_no, line_key;

-- name: sales
-- Sales that those returns may belong to: lines of the same member, channel and SKU. grain: one row per sale line
with wanted as (
  select distinct member_id, channel, sku from open_return_n{night} where member_id is not null
), account as (
  select member_id, member_id as birth, channel, sku from wanted
  union all
  select w.member_id, m.member_id, w.channel, w.sku from wanted w join member m on m.merged_into = w.member_id
), bought as (
  select w.member_id, w.channel, w.sku, t.order_key
  from account w
  join token k on k.member_id = w.birth
  join order_token t on t.kind = k.kind and t.channel = k.channel and t.hash = k.hash
  join sales_order o on o.order_key = t.order_key and o.paid_at >= k.valid_from and o.paid_at < k.valid_to
  union
  select w.member_id, w.channel, w.sku, c.order_key
  from account w
  join order_claim c on c.member_id = w.birth
)
select b.member_id, o.channel, l.sku, o.shop, o.order_no, l.order_key, l.line_key, coalesce(l.at, o.paid_at) as at,
  coalesce(l.due_fen, 0) as amount_fen,
  coalesce((select sum(x.amount_fen) from return_match x
            where x.order_key = l.order_key and x.line_key = l.line_key), 0)::bigint as returned_fen
from bought b
join sales_order o on o.order_key = b.order_key and o.channel = b.channel
join order_line l on l.order_key = b.order_key and l.sku = b.sku
where coalesce(l.at, o.paid_at) < :cut
order by b.member_id, o.channel, l.sku, at, o.shop, o.order_no, l.line_key;

-- name: matched
-- Writes down who returned and what found no sale (matches came by COPY). Of an orphan the first night's word stands.
update till_return r
set matched_night = :night, member_id = f.member_id, orphan_fen = f.orphan_fen
from found_n{night} f
where r.order_key = f.order_key and r.line_key = f.line_key and r.matched_night is null;

-- name: found_create
create table found_n{night} (
  order_key uuid not null, line_key text collate "C" not null, member_id text collate "C", orphan_fen bigint not null);

-- name: found_drop
drop table if exists found_n{night};

-- name: touched_returns
insert into touched (night, order_key, cause)
select distinct :night::date, order_key, 'RETURN' from return_match where night = :night
on conflict do nothing;

-- name: touched_waiting
-- Incomplete orders that their mapping lets post after so many nights. :channel, :nights of the mapping.
insert into touched (night, order_key, cause)
select (s.first_night + :nights::int), s.order_key, 'WAIT'
from order_n{night} o join sales_order s using (order_key)
where o.class = 'INCOMPLETE' and s.present and s.channel = :channel and s.first_night + :nights::int > :night
on conflict do nothing;

-- name: work
-- Orders that identify and the matching of returns added to the work set.
insert into work_n{night} (order_key)
select order_key from touched where night > :previous and night <= :night
on conflict do nothing;

-- name: charge_due
-- What the account itself was given by such a tier: a decision that another one pinned before goes with that one's tier.
insert into charge_due_n{night} (order_key, at, held, due)
select distinct on (o.order_key) o.order_key, :night::date::timestamp at time zone :zone, p.held, p.due
from tier_overearned p
join entry e on e.member_id = p.member_id
join sales_order o on o.order_key = e.order_key
where p.night = :previous and e.kind = 'EARN' and e.points > 0 and e.cause_type in ('LINE', 'ORDER')
  and (o.paid_at at time zone :zone)::date between p.from_on and p.to_on
  and not exists (
    select 1 from posting q
    where q.first_night = o.first_night and q.order_key = o.order_key and q.line_key = e.line_key
      and q.member_id <> e.member_id and q.night < e.night)
order by o.order_key;

-- name: charge_work
insert into work_n{night} (order_key) select order_key from charge_due_n{night} on conflict do nothing;

-- name: standings
-- Of each key its newest row counts. A pass is given by two of the head office, everything else by anybody.
insert into standing_n{night} (member_id, standing, from_at, to_at)
select coalesce(m.merged_into, m.member_id), s.what || ' ' || s.name, s.from_at, s.to_at
from (
  select distinct on (key) member_id, what, name, from_at, to_at, uses, requested_by, approved_by
  from standing
  where night <= :night
  order by key, night desc
) s
join member m on m.member_id = s.member_id
where s.what in ('TAG', 'SEGMENT')
  or s.what = 'PASS' and s.uses is null and s.requested_by = any (:hq::text[]) and s.approved_by = any (:hq::text[])
    and s.requested_by <> s.approved_by;

-- name: standings_bought
-- Passes that points bought until the last close, and those that were won.
insert into standing_n{night} (member_id, standing, from_at, to_at)
select coalesce(m.merged_into, m.member_id), 'PASS ' || p.pass, p.from_at, p.to_at
from pass_given p join member m on m.member_id = p.member_id
where p.uses is null
  and not exists (select 1 from redeemed r where r.request_no = p.request_no and r.cancelled_night is not null);

-- name: standings_of
create index on standing_n{night} (member_id);

-- name: analyze_standings
analyze standing_n{night};

-- name: products
-- Of each SKU its newest row counts.
select distinct on (key) sku, category, brand, coalesce(excluded, false) as excluded
from product
where night <= :night
order by key, night desc;

-- name: known
insert into known_n{night} (order_key, first_night)
select w.order_key, o.first_night
from work_n{night} w join sales_order o using (order_key)
where o.first_night < :night
order by o.first_night, w.order_key;

-- name: known_leaves
create index on known_n{night} (first_night, order_key);

-- name: analyze_known
analyze known_n{night};

-- name: leaves_before
select distinct first_night as leaf from known_n{night} order by leaf;

-- name: before_verdict
insert into verdict_before_n{night} (order_key, first_night, night, class, owner, paid_on, base_fen, goods_refund_fen,
  would_be_points, ticket)
select v.order_key, v.first_night, v.night, v.class, coalesce(m.merged_into, v.owner), v.paid_on, v.base_fen,
  v.goods_refund_fen, v.would_be_points, v.ticket
from known_n{night} k
join verdict v on v.order_key = k.order_key
left join member m on m.member_id = v.owner
where k.first_night = :leaf and v.first_night = :leaf;

-- name: before_posting
-- What has been posted per living account. grain: one row per (award, account)
insert into posting_before_n{night} (order_key, line_key, member_id, earned, clawed_back, pin, granted, award_fen)
select p.order_key, p.line_key, coalesce(m.merged_into, m.member_id), sum(p.earned), sum(p.clawed_back), min(p.pin),
  min(p.granted), min(p.award_fen)
from known_n{night} k
join posting p on p.order_key = k.order_key
join member m on m.member_id = p.member_id
where k.first_night = :leaf and p.first_night = :leaf
group by p.order_key, p.line_key, coalesce(m.merged_into, m.member_id);

-- name: before_due
-- Dates that are still to come, or kept.
insert into due_before_n{night} (order_key, line_key, member_id, holder, due_on, held)
select d.order_key, d.line_key, coalesce(m.merged_into, m.member_id), d.member_id, d.due_on, d.held
from known_n{night} k
join due d on d.order_key = k.order_key
join member m on m.member_id = d.member_id
where k.first_night = :leaf and d.first_night = :leaf and (d.due_on > :previous or d.held);

-- name: analyze_before
analyze verdict_before_n{night}, posting_before_n{night}, due_before_n{night};

-- name: orders_due
-- How many rows "orders" will give, for the eye of the operator: one pass over the keys, no order is looked up.
select count(*) from work_n{night};

-- name: orders
-- The night's orders with their owner as known now: of several tokens the first seen counts; an order without any is
-- whose it was claimed for, and one that was split from a claimed order is what became of it. Owners are found as a set.
-- grain: one row per touched order
with recursive wanted as (
  select o.order_key, o.first_night, o.channel, o.shop, o.order_no, o.present, o.state, o.paid_at, o.completed_at,
    o.completed_seen, o.gross_fen, o.freight_fen, o.refunded_fen, o.net_fen, o.item_count, o.order_type, o.payment, o.parked,
    -- its deliveries were taken back, and nothing else shows it
    not o.present and o.content = '\x00' and not exists (select 1 from order_line l where l.order_key = o.order_key)
      and not exists (select 1 from refund_document r where r.order_key = o.order_key) as gone
  from (select order_key from work_n{night} where order_key between :low and :high) w join sales_order o using (order_key)
), own as (
  select distinct on (t.order_key) t.order_key, coalesce(m.merged_into, m.member_id) as member_id
  from wanted o
  join order_token t using (order_key)
  join token k on k.kind = t.kind and k.channel = t.channel and k.hash = t.hash
    and k.valid_from <= o.paid_at and o.paid_at < k.valid_to
  join member m on m.member_id = k.member_id
  order by t.order_key, t.night, t.kind, t.hash
), ancestor as (
  select o.order_key, s.parent_key from wanted o join order_split s on s.child_key = o.order_key
  union
  select a.order_key, s.parent_key from ancestor a join order_split s on s.child_key = a.parent_key
), claim as (
  select o.order_key, o.paid_at, c.order_key as claimed_key, c.member_id, c.bound_at
  from wanted o join order_claim c using (order_key)
  union all
  select o.order_key, o.paid_at, c.order_key, c.member_id, c.bound_at
  from ancestor a
  join wanted o on o.order_key = a.order_key
  join order_claim c on c.order_key = a.parent_key
), claimed as (
  select distinct on (c.order_key) c.order_key, coalesce(m.merged_into, m.member_id) as member_id
  from claim c
  join member m on m.member_id = c.member_id
  where c.bound_at < :cut
    -- within the days of the version in force when it was paid
    and c.bound_at <= c.paid_at + make_interval(days => (
      select v.days from unnest(:claim_from::date[], :claim_days::int[]) as v (since, days)
      where v.since <= (c.paid_at at time zone :zone)::date
      order by v.since desc
      limit 1))
  order by c.order_key, c.claimed_key = c.order_key desc, c.bound_at, c.claimed_key
)
select o.order_key, o.first_night,
  o.gone or exists (select 1 from order_split s where s.parent_key = o.order_key) as replaced,
  o.channel, o.shop, o.order_no, o.present or o.gone as present, o.state, o.paid_at,
  coalesce(o.completed_at, (o.completed_seen + time '23:59:59') at time zone :zone) as completed_at,
  o.gross_fen, o.freight_fen, o.refunded_fen, o.net_fen, o.item_count, o.order_type, o.payment, o.parked,
  coalesce(own.member_id, claimed.member_id) as owner,
  before.class as class_before, before.owner as owner_before, before.paid_on as paid_on_before,
  before.base_fen as base_fen_before, before.goods_refund_fen as goods_refund_fen_before,
  before.would_be_points as would_be_points_before, before.ticket as ticket_before,
  buyer.home_shop, buyer.join_date, buyer.join_channel, buyer.birthday,
  spent.refund_365d_fen, spent.spend_365d_fen,
  case when :standings_ask then (
    select array_agg(s.standing) from standing_n{night} s
    where s.member_id = buyer.member_id and (s.from_at is null or s.from_at <= o.paid_at)
      and (s.to_at is null or o.paid_at < s.to_at)) end as standings,
  -- in force when it was paid, or due where that was charged; before the last change it is looked up in the history
  coalesce(
    case when :charges then (
      select p.due from tier_overearned p
      where p.member_id = buyer.member_id and (o.paid_at at time zone :zone)::date between p.from_on and p.to_on
      order by p.night desc, p.n desc
      limit 1) end,
    case when rank.since <= (o.paid_at at time zone :zone)::date then rank.tier
    else (
      select h.tier_to from tier_history h
      where rank.since is not null and h.member_id = buyer.member_id
        and h.effective_on <= (o.paid_at at time zone :zone)::date
      order by h.effective_on desc, h.n desc
      limit 1)
    end) as tier,
  charge.at as charge_at, charge.held as charge_held, charge.due as charge_due,
  -- another order of the owner, paid before and not looked at, is his first one, and this one was nobody's
  coalesce(slot.state <> 'FREE' and slot.order_key <> o.order_key and slot.at < o.paid_at and holder.order_key is null
    and not exists (select 1 from first_order f where f.order_key = o.order_key), false) as later
from wanted o
left join own on own.order_key = o.order_key
left join claimed on claimed.order_key = o.order_key
left join verdict_before_n{night} before on before.order_key = o.order_key
-- only rules ask who the owner is
left join member buyer on :rules_ask and buyer.member_id = coalesce(own.member_id, claimed.member_id)
left join profile spent on :rates_ask and spent.member_id = buyer.member_id
left join tier_state rank on rank.member_id = buyer.member_id
left join charge_due_n{night} charge on charge.order_key = o.order_key
left join first_order slot
  on cardinality(:slots::text[]) > 0 and slot.member_id = coalesce(own.member_id, claimed.member_id)
left join work_n{night} holder on holder.order_key = slot.order_key
order by o.order_key;

-- name: lines
select l.order_key, l.line_key, l.generation, l.sku, l.qty, l.price_fen, l.due_fen, l.state, l.closed, l.refund_state, l.open_night, l.at,
  l.excluded
from (select order_key from work_n{night} where order_key between :low and :high) w
join order_line l using (order_key)
order by l.order_key, l.line_key;

-- name: refunds
select s.order_key, s.line_key, (s.night + time '23:59:59') at time zone :zone as at, s.refunded_fen
from (select order_key from work_n{night} where order_key between :low and :high) w
join refund_seen s using (order_key)
where s.night <= :night
order by s.order_key, s.line_key, s.night;

-- name: refund_documents
-- What refund documents say of the night's orders. Money that goes back at or after the cut has not gone back yet.
select d.order_key, d.line_id, d.sku, d.state, d.amount_fen, d.refunded_at, d.changed_night
from (select order_key from work_n{night} where order_key between :low and :high) w
join refund_document d using (order_key)
where d.state < 2 or d.refunded_at < :cut
order by d.order_key, d.refunded_at, d.refund_no;

-- name: inherited
-- The decision pinned for the order that one of the night's orders was split from, whatever lies between them.
-- grain: one row per child
with recursive ancestor as (
  select w.order_key, s.parent_key
  from (select order_key from work_n{night} where order_key between :low and :high) w
  join order_split s on s.child_key = w.order_key
  union
  select a.order_key, s.parent_key from ancestor a join order_split s on s.child_key = a.parent_key
)
select a.order_key, min(p.pin) as pin
from ancestor a
join sales_order o on o.order_key = a.parent_key
cross join lateral (
  select pin from posting p
  where p.first_night = o.first_night and p.order_key = o.order_key and p.pin is not null and p.rule = '' offset 0
) p
group by a.order_key
order by a.order_key;

-- name: returned
select x.order_key, x.line_key, x.at, x.amount_fen
from (select order_key from work_n{night} where order_key between :low and :high) w
join return_match x using (order_key)
order by x.order_key, x.at, x.return_order_key, x.return_line_key;

-- name: postings
-- What has been posted for the lines of the night's orders, per living account. grain: one row per (award, account)
select order_key, line_key, member_id, earned, clawed_back, pin, granted, award_fen
from posting_before_n{night}
where order_key between :low and :high
order by order_key, line_key, member_id;

-- name: charges
-- What rates of the night's orders count by since a tier was lost. grain: one row per line, empty for the order
select distinct on (c.order_key, c.line_key) c.order_key, c.line_key, c.at, c.times, c.formula, c.rules, c.variant
from (select order_key from work_n{night} where order_key between :low and :high) w join tier_charge c using (order_key)
order by c.order_key, c.line_key, c.night desc;

-- name: analyze_again
analyze verdict_again_n{night};

-- name: leaves_due
select distinct first_night as leaf from due where due_on > :previous and due_on <= :night order by leaf;

-- name: doubt
-- What is given with an order, without being of it, is held with it: activities that name one, and referrals.
insert into doubt_n{night} (award_key)
select distinct d.order_key
from due d
cross join lateral (
  select s.order_key, s.first_night
  from lot l
  join own_row r on r.document = 'activity' and r.key = l.order_no
  join sales_order s on s.order_no = r.says ->> 'order_no'
    and s.channel = coalesce(r.says ->> 'channel', r.says ->> 'platform') and s.shop = coalesce(r.says ->> 'shop', s.shop)
  where d.line_key like 'ACTIVITY' || chr(9) || '%' and l.member_id = d.member_id and l.order_key = d.order_key
  union all
  select r.order_key, s.first_night
  from referred r
  join sales_order s on s.order_key = r.order_key
  where d.line_key like 'REFERRAL' || chr(9) || '%' and r.award_key = d.order_key
  order by 2
  limit 1
) o
left join verdict x on x.first_night = o.first_night and x.order_key = o.order_key
left join verdict_again_n{night} w on w.first_night = o.first_night and w.order_key = o.order_key
where d.due_on > :previous and d.due_on <= :night and not d.held
  and (d.line_key like 'ACTIVITY' || chr(9) || '%' or d.line_key like 'REFERRAL' || chr(9) || '%')
  and coalesce(w.class, x.class) not in ('POSTED', 'ZERO', 'EXCLUDED', 'UNPAID', 'CANCELLED');

-- name: hold_over_waits
-- Of orders that are not decided a date that comes is kept: their points wait with them. What is no order has no verdict, and nothing
-- that holds it beyond its day but the order it was given with.
insert into due_held_n{night} (order_key, first_night)
select distinct d.order_key, :leaf::date
from due d
join (
  select order_key from verdict_again_n{night}
  where first_night = :leaf and class not in ('POSTED', 'ZERO', 'EXCLUDED', 'UNPAID', 'CANCELLED')
  union all
  select v.order_key from verdict v
  where v.first_night = :leaf and v.class not in ('POSTED', 'ZERO', 'EXCLUDED', 'UNPAID', 'CANCELLED')
    and not exists (select 1 from verdict_again_n{night} a where a.first_night = :leaf and a.order_key = v.order_key)
  union all
  select award_key from doubt_n{night}
) w on w.order_key = d.order_key
where d.first_night = :leaf and d.due_on > :previous and d.due_on <= :night and not d.held;

-- name: hold_over
-- Holds that are over, of orders that nothing else happened to: what was decided of them stands, so the date is all that is
-- asked. A date that is stale is met once and finds nothing pending. Where members became one a line may come twice.
insert into hold_over_n{night} (member_id, order_key, line_key, available_on, pin)
select coalesce(m.merged_into, m.member_id), d.order_key, d.line_key, d.due_on, d.pin
from due d
join member m on m.member_id = d.member_id
where d.first_night = :leaf and d.due_on > :previous and d.due_on <= :night and not d.held
  and not exists (select 1 from verdict_again_n{night} a where a.first_night = :leaf and a.order_key = d.order_key)
  and not exists (select 1 from due_held_n{night} h where h.first_night = :leaf and h.order_key = d.order_key);

-- name: openings_due
-- Balances shown for the first time. Customers of one person add up, and so do shops; where two files of the night
-- disagree about somebody in one shop nothing is imported until a later night is clear.
insert into opening_due_n{night}
select member_id, channel, min(shop), combine, sum(theirs)::bigint
from (
  select s.member_id, s.channel, s.shop, r.combine, min(s.points) as theirs, min(s.points) = max(s.points) as agree
  from (
    select member_id, channel, shop, sha256, sum(points) as points
    from points_snapshot
    where night = :night and member_id is not null
    group by member_id, channel, shop, sha256
  ) s
  join points_rule_n{night} r on r.channel = s.channel and r.combine is not null
  group by s.member_id, s.channel, s.shop, r.combine
) t
where not exists (
    select 1 from opening o join member m on m.member_id = o.member_id
    where o.channel = t.channel and coalesce(m.merged_into, m.member_id) = t.member_id)
group by member_id, channel, combine
having bool_and(agree);

-- name: workset
-- Every account that has anything to decide tonight, and the earliest date a debit of tonight may carry. Whole is what asks for
-- all lots: where points only come and become available, those that wait are enough.
insert into workset_n{night} (member_id, bucket, debit_on, undo, whole)
select m.member_id, m.bucket, w.debit_on, w.undo,
  w.whole or w.undo or coalesce(b.owed > 0, false) or coalesce(b.next_expiry_on <= :night, false)
from (
  select member_id, min(debit_on) as debit_on, bool_or(undo) as undo, bool_or(whole) as whole
  from (
    select member_id, debit_on, clawed_back > 0 as undo, takes as whole from target_n{night}
    union all
    select coalesce(m.merged_into, m.member_id), (r.at at time zone :zone)::date, false, true
    from till_return r join member m on m.member_id = r.member_id
    where r.matched_night = :night and r.orphan_fen > 0
    union all
    select coalesce(m.merged_into, m.member_id), (r.at at time zone :zone)::date, true, true
    from (select distinct return_order_key, return_line_key from return_match where night = :night) x
    join till_return r on r.order_key = x.return_order_key and r.line_key = x.return_line_key
    join member m on m.member_id = r.member_id
    where r.matched_night < :night
    union all
    select member_id, :night::date, false, false from hold_over_n{night}
    union all
    select merged_into, :night::date, false, true from member where merged_night = :night
    union all
    select member_id, :night::date, false, true from opening_due_n{night}
    union all
    select member_id, (at at time zone :zone)::date, redeemed > 0, true from redeeming_n{night} where not waits
    union all
    select member_id, (at at time zone :zone)::date, taken_back, true from adjusted_n{night} where against = ''
    union all
    select coalesce(m.merged_into, m.member_id), :night::date, false, true
    from account_state x join member m on m.member_id = x.member_id
    where x.due_on > :previous and x.due_on <= :night and x.signed
    union all
    select coalesce(m.merged_into, m.member_id), (x.at at time zone :zone)::date, false, true
    from hold_release h join transfer x on x.transfer_no = h.number join member m on m.member_id = x.giver_id
    where h.night = :night
    union all
    select coalesce(m.merged_into, m.member_id), :night::date, false, true
    from hold_release h join transfer x on x.transfer_no = h.number join member m on m.member_id = x.receiver_id
    where h.night = :night
    union all
    select coalesce(m.merged_into, m.member_id), (x.at at time zone :zone)::date, false, true
    from transfer x join member m on m.member_id = x.giver_id
    where x.due_on > :previous and x.due_on <= :night
    union all
    select coalesce(m.merged_into, m.member_id), :night::date, false, true
    from transfer x join member m on m.member_id = x.receiver_id
    where x.due_on > :previous and x.due_on <= :night
    union all
    select coalesce(m.merged_into, m.member_id), :night::date, false, true
    from lot_release l
    -- each in its own leaf: never a pass over what has been
    cross join lateral (
      select 1 from lot k
      where k.night = l.lot_night and k.member_id = l.lot_member and k.n = l.lot_n and k.remaining > 0
      limit 1
    ) k
    join member m on m.member_id = l.lot_member
    where l.expires_on > :previous and l.expires_on <= :night
  ) asked
  group by member_id
) w
join member m on m.member_id = w.member_id
left join balance b on b.member_id = w.member_id;

-- name: accounts
-- Whose lots and debts an account of the work set has: those of its own birth and of every member that merged into it.
insert into account_n{night} (member_id, birth, holder, debit_on, undo, whole)
select member_id, member_id, member_id, debit_on, undo, whole from workset_n{night}
union all
select w.member_id, m.member_id, case when m.held_until = :night then m.held_by else w.member_id end, w.debit_on, w.undo, w.whole
from workset_n{night} w
join member m on m.merged_into = w.member_id;

-- name: analyze
analyze target_n{night}, hold_over_n{night}, workset_n{night}, account_n{night}, opening_due_n{night};

-- name: targets
select * from target_n{night}
order by member_id, channel, shop, order_no, line_key;

-- name: dues
-- The dates that are told of those lines so far. grain: one row per (line, account, holder)
select b.member_id, t.channel, t.shop, t.order_no, t.line_key, b.holder, b.due_on, b.held
from target_n{night} t join due_before_n{night} b using (member_id, order_key, line_key)
order by b.member_id, t.channel, t.shop, t.order_no, t.line_key, b.holder;

-- name: over
select member_id, order_key, line_key, available_on, pin, null::date as earned_on
from hold_over_n{night}
order by member_id, order_key, line_key, pin;

-- name: over_earned
-- The same with the day of what was given, where points live from it on: asked only where some programme says so.
select h.member_id, h.order_key, h.line_key, h.available_on, h.pin,
  case when p.expiry_start = 'PAID' then (
    select (min(e.effective_at) at time zone :zone)::date
    from account_n{night} a
    join entry e on e.member_id = a.birth
    where a.member_id = h.member_id and e.kind = 'EARN' and e.order_key = h.order_key and e.line_key = h.line_key)
  end as earned_on
from hold_over_n{night} h
join pin p using (pin)
order by h.member_id, h.order_key, h.line_key, h.pin;

-- name: members
-- grain: one row per account of the work set; balance of the account itself
select w.member_id, w.bucket, w.whole, coalesce(b.pending, 0) as pending, coalesce(b.available, 0) as available,
  coalesce(b.owed, 0) as owed, coalesce(b.earned, 0) as earned, coalesce(b.redeemed, 0) as redeemed,
  coalesce(b.restored, 0) as restored, coalesce(b.expired, 0) as expired, coalesce(b.clawed_back, 0) as clawed_back,
  coalesce(b.adjusted, 0) as adjusted
from workset_n{night} w
left join balance b using (member_id)
order by w.member_id;

-- name: merges
select m.merged_into as member_id, m.member_id as other, m.merged_at, m.bucket, coalesce(b.pending, 0) as pending,
  coalesce(b.available, 0) as available, coalesce(b.owed, 0) as owed, coalesce(b.earned, 0) as earned,
  coalesce(b.redeemed, 0) as redeemed, coalesce(b.restored, 0) as restored, coalesce(b.expired, 0) as expired,
  coalesce(b.clawed_back, 0) as clawed_back, coalesce(b.adjusted, 0) as adjusted
from member m
left join balance b on b.member_id = m.member_id
where m.merged_night = :night
order by m.merged_into, m.merged_at, m.member_id;

-- name: lots
-- What is left of the accounts' lots; of lots with nothing left only those that a debit or an undo of tonight may reach:
-- what expired of them is found again by a debit of an earlier date and by the debits of their own line. Of accounts that are
-- not asked for whole only what waits.
select a.member_id, a.holder, l.night, l.member_id as lot_member, l.n, l.channel, l.shop, l.order_no, l.line_key, l.points,
  l.remaining, l.expired, l.available_on, l.expires_on, l.order_key
from account_n{night} a
join lot l on l.member_id = a.birth
where case when a.whole then l.remaining > 0 or a.undo or (l.expired > 0 and l.expires_on >= a.debit_on)
  else l.remaining > 0 and l.available_on is null end
union all
select a.member_id, a.holder, l.night, l.member_id, l.n, l.channel, l.shop, l.order_no, l.line_key, l.points, l.remaining,
  l.expired, l.available_on, l.expires_on, l.order_key
from account_n{night} a
join target_n{night} t on t.member_id = a.member_id
join lot l on l.member_id = a.birth and l.order_key = t.order_key and l.line_key = t.line_key
where a.whole and l.expired > 0 and l.remaining = 0 and not a.undo and l.expires_on < a.debit_on
order by 1, 3, 4, 5;

-- name: available
-- What the others have besides, by its last day. grain: one row per (account, last day)
select a.member_id, l.expires_on, sum(l.remaining)::bigint as points
from account_n{night} a
join lot l on l.member_id = a.birth
where not a.whole and l.remaining > 0 and l.available_on is not null
group by a.member_id, l.expires_on
order by a.member_id, l.expires_on;

-- name: other_lots
-- All that `lots` passed over, of one account from which something is taken after all.
select a.member_id, a.holder, l.night, l.member_id as lot_member, l.n, l.channel, l.shop, l.order_no, l.line_key, l.points,
  l.remaining, l.expired, l.available_on, l.expires_on, l.order_key
from account_n{night} a
join lot l on l.member_id = a.birth
where a.member_id = :member and not (l.remaining > 0 and l.available_on is null)
  and (l.remaining > 0 or l.expired > 0 and (l.expires_on >= a.debit_on or exists (
    select 1 from target_n{night} t
    where t.member_id = a.member_id and t.order_key = l.order_key and t.line_key = l.line_key)));

-- name: debts
select a.member_id, a.holder, d.debit_night, d.debit_member, d.debit_n, d.kind, d.channel, d.shop, d.order_no, d.line_key,
  d.effective_at, d.owed
from account_n{night} a
join debt d on d.debit_member = a.birth
where d.owed > 0
order by a.member_id, d.effective_at, d.debit_night, d.debit_member, d.debit_n;

-- name: clawbacks
-- Every movement between lots and earlier clawbacks of tonight's lines, of returns whose sale was found tonight, or of
-- adjustments that are taken back, in booking order, so that it can be undone.
select a.member_id, e.night, e.member_id as debit_member, e.n, t.channel, t.shop, t.order_no, t.line_key,
  l.lot_night, l.lot_member, l.lot_n, l.points, l.night as moved_night, l.member_id as mover, l.n as move
from target_n{night} t
join account_n{night} a on a.member_id = t.member_id and a.undo
join entry e on e.member_id = a.birth and e.kind = 'CLAWBACK' and e.order_key = t.order_key and e.line_key = t.line_key
join allocation l on l.debit_member = e.member_id and l.debit_night = e.night and l.debit_n = e.n
where t.clawed_back > 0
union all
select a.member_id, e.night, e.member_id, e.n, r.channel, r.shop, r.order_no, r.line_key,
  l.lot_night, l.lot_member, l.lot_n, l.points, l.night, l.member_id, l.n
from (select distinct return_order_key, return_line_key from return_match where night = :night) x
join till_return r on r.order_key = x.return_order_key and r.line_key = x.return_line_key
join member b on b.member_id = r.member_id
join account_n{night} a on a.member_id = coalesce(b.merged_into, b.member_id)
join entry e on e.member_id = a.birth and e.kind = 'CLAWBACK' and e.order_key = r.order_key and e.line_key = r.line_key
join allocation l on l.debit_member = e.member_id and l.debit_night = e.night and l.debit_n = e.n
where r.matched_night < :night
union all
select a.member_id, e.night, e.member_id, e.n, 'program', '', 'ADJUSTMENT', x.adjustment_no,
  l.lot_night, l.lot_member, l.lot_n, l.points, l.night, l.member_id, l.n
from adjusted_n{night} x
join account_n{night} a on a.member_id = x.member_id
join entry e on e.member_id = a.birth and e.kind = 'ADJUST' and e.cause_type = 'ADJUSTMENT' and e.cause_key = x.adjustment_no
join allocation l on l.debit_member = e.member_id and l.debit_night = e.night and l.debit_n = e.n
where x.taken_back and x.points > 0
order by 1, 13, 14, 15;

-- name: orphans
-- Returns without a sale: those found tonight, and those of which a sale was found tonight, with what is left of them
-- and what they have taken so far.
select coalesce(m.merged_into, m.member_id) as member_id, r.channel, r.shop, r.order_no, r.line_key, r.order_key, r.at,
  r.orphan_fen, null::bigint as taken
from till_return r join member m on m.member_id = r.member_id
where r.matched_night = :night and r.orphan_fen > 0
union all
select m.member_id, r.channel, r.shop, r.order_no, r.line_key, r.order_key, r.at,
  r.orphan_fen - (
    select sum(x.amount_fen) from return_match x
    where x.return_order_key = r.order_key and x.return_line_key = r.line_key and x.night > r.matched_night)::bigint,
  coalesce((
    select -sum(e.points) from entry e
    where e.member_id in (select a.member_id from member a where a.member_id = m.member_id or a.merged_into = m.member_id)
      and e.cause_type = 'ORPHAN_RETURN' and e.order_key = r.order_key and e.line_key = r.line_key), 0)::bigint
from (select distinct return_order_key, return_line_key from return_match where night = :night) x
join till_return r on r.order_key = x.return_order_key and r.line_key = x.return_line_key
join member b on b.member_id = r.member_id
join member m on m.member_id = coalesce(b.merged_into, b.member_id)
where r.matched_night < :night
order by 1, 7, 2, 3, 4, 5;

-- name: states
-- What is said of accounts of the night that are frozen or closed, or were. grain: one row per (account, birth, change)
select a.member_id, s.birth, s.at, s.state, s.due_on > :previous as tonight
from account_n{night} a
join birth_state s on s.birth = a.birth
where s.due_on <= :night
order by a.member_id, s.at, s.birth;

-- name: openings
select member_id, channel, shop, combine, theirs
from opening_due_n{night}
order by member_id, channel, shop;

-- name: written_off
-- Accounts that may get back something of what had been written off.
select distinct a.member_id
from account_n{night} a join entry e on e.member_id = a.birth and e.kind = 'WRITE_OFF'
where a.undo
order by a.member_id;

-- name: adjustments
select member_id, adjustment_no, at, points, expires, taken_back, write_off
from adjusted_n{night}
where against = ''
order by member_id, at, adjustment_no;

-- name: booked
update night set entries = :entries, entry_root = :entry_root where night = :night;

-- Two sessions build these, each the next one: neighbours are of different tables, or one would wait for the other. Each has a
-- name of its own: of one that is made up by the server two sessions would take the same.

-- name: key_entry
alter table entry_n{night} add primary key (night, member_id, n);

-- name: key_posting
alter table posting_n{night} add primary key (order_key, line_key, member_id, rule, first_night);

-- name: index_entry
create index entry_i_n{night} on entry_n{night} (member_id);

-- name: key_due
alter table due_n{night} add primary key (order_key, line_key, member_id, first_night);

-- name: key_lot
alter table lot_n{night} add primary key (night, member_id, n);

-- name: index_due
create index due_i_n{night} on due_n{night} (due_on);

-- name: index_lot
create index lot_i_n{night} on lot_n{night} (member_id);

-- name: index_due_held
create index due_held_i_n{night} on due_n{night} (due_on) where held;

-- name: key_lot_release
alter table lot_release_n{night} add primary key (lot_member, lot_night, lot_n, night);

-- name: index_spend
create index spend_i_n{night} on spend_n{night} (member_id);

-- name: index_lot_release
create index lot_release_i_n{night} on lot_release_n{night} (expires_on);

-- name: index_spend_paid_on
create index spend_paid_on_i_n{night} on spend_n{night} (paid_on);

-- name: key_verdict
alter table verdict_n{night} add primary key (order_key, first_night);

-- name: key_allocation
alter table allocation_n{night} add primary key (night, member_id, n);

-- name: index_lot_state
create index lot_state_i_n{night} on lot_state_n{night} (lot_night);

-- name: index_allocation
create index allocation_i_n{night} on allocation_n{night} (lot_member, lot_night, lot_n);

-- name: index_posting_again
create index posting_again_i_n{night} on posting_again_n{night} (first_night);

-- name: index_allocation_debit
create index allocation_debit_i_n{night} on allocation_n{night} (debit_member, debit_night, debit_n);

-- name: index_due_again
create index due_again_i_n{night} on due_again_n{night} (first_night);

-- name: analyze_night
analyze entry_n{night}, lot_n{night}, lot_release_n{night}, allocation_n{night}, lot_state_n{night}, posting_n{night},
  posting_again_n{night}, due_n{night}, balance_n{night}, verdict_n{night}, verdict_again_n{night},
  spend_n{night}, opening_n{night};
