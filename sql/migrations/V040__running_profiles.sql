-- What a profile says of purchases and of points that will expire is kept running: a night adds and takes away what it changed
-- and what the clock moved, and nobody reads every order and lot again.

-- What members spent, as verdicts changed. Rows add up, whatever became of the order since; grain: one row per (night, order,
-- member, date) that a verdict of the night changed
create table spend (
  night      date not null,
  member_id  text collate "C" not null,     -- of that night; whoever reads it goes on to member.merged_into
  channel    text collate "C" not null,
  paid_on    date not null,
  orders     integer not null,              -- 1, or -1 where an order is no longer his or was paid on another date
  base_fen   bigint not null,
  refund_fen bigint not null                -- of goods, at most the base
) partition by list (night);
create index spend_member on spend (member_id);
create index spend_paid_on on spend (paid_on);

-- grain: one row per member with a purchase, as of the last closed night
create table profile (
  member_id       text collate "C" primary key,
  orders_365d     bigint not null,
  spend_365d_fen  bigint not null,
  refund_365d_fen bigint not null,
  last_paid_on    date,
  channels        text collate "C"          -- sorted codes, joined by |
) with (fillfactor = 50);

alter table balance
  add column expiring_points    bigint not null default 0,  -- available points whose last day is at most 30 days away
  add column next_expiry_on      date,
  add column next_expiry_points  bigint;

-- One row per member, of the last night whose profile differed; nights that were never delivered are forgotten.
alter table profile_sent drop constraint profile_sent_pkey;
alter table profile_sent add primary key (member_id, night);

-- Whose account held the points of a member before a merge of tonight.
create index member_held on member (held_by) where held_by is not null;
