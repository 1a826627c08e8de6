-- What the product booked beside what the script booked. The two number their members themselves: who is who follows
-- from the awards, and each must be exactly one of the other side.

create table if not exists member_of (theirs text not null unique, ours integer not null unique);
drop schema if exists beside cascade;
create schema beside;
create unlogged table beside.ledger (
  entry text, night date, member_id text, kind text, points bigint, effective_at timestamptz, channel text, shop text,
  cause_type text, cause_key text, program_version integer, moved bigint);
create unlogged table beside.profiles (
  member_id text, merged_into text, status text, change text, tier text, tier_since text, home_shop text, join_channel text,
  join_date date, points_available bigint, points_pending bigint, points_owed bigint, points_expiring_30d bigint,
  next_expiry_on date, next_expiry_points bigint, next_available_on date, lifetime_earned bigint,
  lifetime_redeemed bigint, lifetime_restored bigint, lifetime_expired bigint, lifetime_clawed_back bigint,
  lifetime_adjusted bigint, orders_365d bigint, spend_365d_fen bigint, refund_365d_fen bigint, last_paid_on date,
  channels text);
create unlogged table beside.liability (
  channel text, shop text, account text, opening bigint, issued bigint, released bigint, clawed_back bigint,
  redeemed bigint, restored bigint, expired bigint, adjusted bigint, repaid bigint, closing bigint);

-- session
-- copy beside.ledger
-- copy beside.profiles
-- copy beside.liability

create unlogged table beside.entries as
select e.member_id, case e.kind when 1 then 'EARN' when 2 then 'RELEASE' when 3 then 'CLAWBACK' else 'EXPIRE' end as kind,
  e.points, e.effective_at at time zone 'Asia/Shanghai' as effective_at, coalesce(s.channel, '') as channel,
  coalesce(s.shop, '') as shop,
  case when e.kind = 4 then 'EXPIRY' when e.order_id is null then 'ORPHAN_RETURN' else 'LINE' end as cause_type,
  coalesce(e.cause, o.order_no || '/' || e.line) as cause_key, e.moved
from entry_{n} e left join shop s using (shop_id) left join orders o using (order_id);

insert into member_of
select distinct t.member_id, o.member_id
from beside.ledger t
join beside.entries o on o.kind = 'EARN' and o.cause_key = t.cause_key and o.channel = t.channel
where t.kind = 'EARN'
except
select * from member_of;
analyze member_of;

create unlogged table beside.difference (what text, side text, detail text);

insert into beside.difference
select 'entry', case when t.entry is null then 'script only' else 'product only' end,
  concat_ws(' ', t.entry, coalesce(t.kind, o.kind), coalesce(t.points, o.points), coalesce(t.effective_at, o.effective_at),
    coalesce(t.channel, o.channel), coalesce(t.cause_key, o.cause_key), coalesce(t.moved, o.moved), o.member_id)
from (
  select l.*, m.ours, row_number() over (
    partition by m.ours, kind, points, effective_at, channel, shop, cause_type, cause_key, moved) as k
  from (select entry, member_id, kind, points, effective_at, coalesce(channel, '') as channel, coalesce(shop, '') as shop,
      cause_type, cause_key, moved from beside.ledger) l
  left join member_of m on m.theirs = l.member_id
) t
full join (
  select e.*, row_number() over (
    partition by member_id, kind, points, effective_at, channel, shop, cause_type, cause_key, moved) as k
  from beside.entries e
) o on o.member_id = t.ours and (o.kind, o.points, o.effective_at, o.channel, o.shop, o.cause_type, o.cause_key, o.moved, o.k)
  = (t.kind, t.points, t.effective_at, t.channel, t.shop, t.cause_type, t.cause_key, t.moved, t.k)
where t.entry is null or o.member_id is null;

-- Members without any award are compared by what their rows say alone.
create unlogged table beside.both as
select 'product only' as side, coalesce(m.ours::text, '?') as member, row(change, home_shop, join_channel, join_date,
  points_available, points_pending, points_owed, points_expiring_30d, next_expiry_on, next_expiry_points,
  next_available_on, lifetime_earned, lifetime_expired, lifetime_clawed_back, orders_365d, spend_365d_fen,
  refund_365d_fen, last_paid_on, channels)::text as detail
from beside.profiles p left join member_of m on m.theirs = p.member_id
union all
select 'script only', coalesce(m.ours::text, '?'), row(change, home_shop, join_channel, join_date,
  points_available, points_pending, points_owed, points_expiring_30d, next_expiry_on, next_expiry_points,
  next_available_on, lifetime_earned, lifetime_expired, lifetime_clawed_back, orders_365d, spend_365d_fen,
  refund_365d_fen, last_paid_on, channels)::text
from profile p left join member_of m on m.ours = p.member_id;
insert into beside.difference
select 'profile',
  case when sum(case side when 'product only' then 1 else -1 end) > 0 then 'product only' else 'script only' end,
  member || ' ' || detail
from beside.both
group by member, detail
having sum(case side when 'product only' then 1 else -1 end) <> 0;

insert into beside.difference
select 'liability', side, row(channel, shop, account, opening, issued, released, clawed_back, expired, repaid, closing)::text
from (
  select 'product only' as side, channel, shop, account, opening, issued, released, clawed_back, expired, repaid, closing
  from (
    select channel, shop, account, opening, issued, released, clawed_back, expired, repaid, closing from beside.liability
    where channel <> 'TOTAL'
    except
    select s.channel, s.shop, account, opening, issued, released, clawed_back, expired, repaid, closing
    from liability l join shop s using (shop_id) where l.night = '{night}'
  ) t
  union all
  select 'script only', channel, shop, account, opening, issued, released, clawed_back, expired, repaid, closing
  from (
    select s.channel, s.shop, account, opening, issued, released, clawed_back, expired, repaid, closing
    from liability l join shop s using (shop_id)
    where l.night = '{night}' and (opening, issued, released, clawed_back, expired, repaid, closing) <> (0, 0, 0, 0, 0, 0, 0)
    except
    select channel, shop, account, opening, issued, released, clawed_back, expired, repaid, closing from beside.liability
  ) o
) d;

-- out differences_{night}.csv
select what, side, detail from beside.difference order by what, detail, side;

-- out counts_{night}.csv
select kind, count(*) as entries, sum(points) as points, sum(moved) as moved from beside.ledger group by kind order by kind;

-- session
select 1;
