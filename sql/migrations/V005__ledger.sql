-- Member space. Entries, lots, releases and allocations of a night are built in tables of their own
-- (entry_n20260101 …) and become partitions when the night closes; a reader of these parents sees closed nights only.
-- An entry is the n-th of its member in its night; a lot has the key of the EARN entry that opened it.

-- grain: one row per movement of points of one member, append-only
create table entry (
  night           date not null,
  bucket          smallint not null,
  member_id       text collate "C" not null,
  n               integer not null,
  kind            text collate "C" not null,
  points          bigint not null,          -- signed as it changes pending + available - owed; 0 only for RELEASE
  moved           bigint not null,          -- RELEASE: points that went from pending to available, else 0
  effective_at    timestamptz not null,
  channel         text collate "C" not null,
  shop            text collate "C" not null,
  order_key       uuid,
  line_key        text collate "C",
  cause_type      text not null,
  cause_key       text collate "C" not null,
  program_version integer not null,
  primary key (night, member_id, n)
) partition by list (night);
create index entry_member on entry (member_id);

-- grain: one row per award. remaining, expired and the two dates are projections of allocation and lot_release
create table lot (
  night        date not null,
  bucket       smallint not null,
  member_id    text collate "C" not null,
  n            integer not null,
  channel      text collate "C" not null,
  shop         text collate "C" not null,
  order_no     text collate "C" not null,
  order_key    uuid not null,
  line_key     text collate "C" not null,
  points       bigint not null check (points > 0),
  remaining    bigint not null check (remaining >= 0),
  expired      bigint not null check (expired >= 0),
  available_on date,
  expires_on   date,
  primary key (night, member_id, n)
) partition by list (night);
create index lot_member on lot (member_id);

-- grain: one row per lot that became available
create table lot_release (
  night        date not null,
  lot_night    date not null,
  lot_member   text collate "C" not null,
  lot_n        integer not null,
  available_on date not null,
  expires_on   date,
  primary key (night, lot_night, lot_member, lot_n)
) partition by list (night);
create index lot_release_expires on lot_release (expires_on);

-- grain: one row per movement between a debit and a lot; positive consumes, negative gives back
create table allocation (
  night        date not null,
  member_id    text collate "C" not null,
  n            integer not null,
  kind         text collate "C" not null check (kind in ('DEBIT', 'REPAY', 'UNDO', 'EXPIRE')),
  debit_night  date not null,
  debit_member text collate "C" not null,
  debit_n      integer not null,
  lot_night    date not null,
  lot_member   text collate "C" not null,
  lot_n        integer not null,
  points       bigint not null,
  pending      boolean not null,            -- the lot was still pending at that moment
  primary key (night, member_id, n)
) partition by list (night);
create index allocation_lot on allocation (lot_member, lot_night, lot_n);
create index allocation_debit on allocation (debit_member, debit_night, debit_n);

-- What members owe. grain: one row per debit that was not covered; owed 0 when settled
create table debt (
  debit_night  date not null,
  debit_member text collate "C" not null,
  debit_n      integer not null,
  kind         text collate "C" not null,   -- of the debit entry
  channel      text collate "C" not null,
  shop         text collate "C" not null,
  order_no     text collate "C" not null,
  line_key     text collate "C" not null,
  effective_at timestamptz not null,
  owed         bigint not null check (owed >= 0),
  primary key (debit_member, debit_night, debit_n)
);

-- grain: one row per (order line, account): what has been posted and the decision pinned at the first award
create table posting (
  order_key       uuid not null,
  line_key        text collate "C" not null,
  member_id       text collate "C" not null,
  channel         text collate "C" not null,
  shop            text collate "C" not null,
  order_no        text collate "C" not null,
  earned          bigint not null,
  clawed_back     bigint not null,
  program_version integer,
  rule            text,
  per_fen         bigint,
  rule_points     bigint,
  mode            text,
  rounding        text,
  due_on          date,                     -- when its pending lots become available, if that is a later night
  first_night     date not null,
  primary key (order_key, line_key, member_id)
) with (fillfactor = 80);
create index posting_due on posting (due_on) where due_on is not null;

-- grain: one row per member that ever had an entry; a projection of entries, lots and debts
create table balance (
  member_id   text collate "C" primary key,
  pending     bigint not null,
  available   bigint not null,
  owed        bigint not null,
  earned      bigint not null,
  redeemed    bigint not null,
  restored    bigint not null,
  expired     bigint not null,
  clawed_back bigint not null,
  adjusted    bigint not null
) with (fillfactor = 50);
