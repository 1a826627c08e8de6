-- Tiers: what a member is, what he was, and why it changed.

-- Whether something of an order is kept: 1 while it is, -1 where it came back whole or is no longer his.
alter table spend add column kept integer not null default 0;

-- What closed nights left, per account and day: orders of which something is kept now.
with kept as (
  select coalesce(m.merged_into, m.member_id) as account, v.paid_on, count(*) as orders
  from verdict v join member m on m.member_id = v.owner
  where v.paid_on is not null and v.base_fen > v.goods_refund_fen
  group by 1, 2
), first as (
  select distinct on (coalesce(m.merged_into, m.member_id), s.paid_on)
    coalesce(m.merged_into, m.member_id) as account, s.paid_on, s.tableoid as leaf, s.ctid as place
  from spend s join member m using (member_id)
  order by coalesce(m.merged_into, m.member_id), s.paid_on, s.night, s.tableoid, s.ctid
)
update spend s
set kept = k.orders
from first f join kept k using (account, paid_on)
where s.tableoid = f.leaf and s.ctid = f.place;

-- What the last close left of every living member's tier; grain: one row per living member of a programme with tiers.
-- Columns: TierState
create table tier_state (
  member_id      text collate "C" primary key,
  tier           text collate "C" not null,
  since          date not null,
  cycle_from     date not null,
  entered        date,
  entered_from   date,
  review_on      date,
  look_on        date,
  fell_on        date,
  keep_from      date,
  last_bought_on date,
  manual         boolean not null,
  progress       text not null,
  needed         text
) with (fillfactor = 60);
create index tier_state_look_on on tier_state (look_on);

-- Every change; grain: one row per (member, night, change). Whoever merged keeps his own
create table tier_history (
  night         date not null,
  member_id     text collate "C" not null,
  n             integer not null,
  tier_from     text collate "C" not null,  -- empty for JOIN
  tier_to       text collate "C" not null,
  reason        text not null check (reason in ('JOIN', 'UPGRADE', 'DOWNGRADE', 'RETURN', 'MERGE', 'MANUAL')),
  effective_on  date not null,              -- first day in force
  measured_from date not null,              -- first day that was measured; the night is the last
  paid_net_fen  bigint,                     -- what was measured; null where no level asks for it
  orders        bigint,
  points_earned bigint,
  active_days   bigint,
  evidence      text[] not null,            -- what it rests on, line by line
  keep_by       date,                       -- the night that reviews the new tier, null where none will
  keep_needs    text,                       -- what holds it then
  primary key (member_id, night, n)
) partition by list (night);

-- Under which terms nights decided; grain: one row per night whose terms were others than those before it
create table tier_terms (
  night date primary key,
  hash  text not null
);
