-- grain: one row per closed night; two hash chains
create table close (
  night           date primary key references night,
  previous        date,
  entries         bigint not null,
  entry_root      text not null,
  close_hash      text not null,
  evidence_hash   text not null,
  program_version integer not null,
  closed_at       timestamptz not null
);

-- Orders known, by accounting class, after the night. grain: one row per (night, channel, shop, class)
create table order_class_total (
  night   date not null,
  channel text collate "C" not null,
  shop    text collate "C" not null,
  class   text collate "C" not null,
  orders  bigint not null,
  primary key (night, channel, shop, class)
);

-- Points of a night. grain: one row per (night, channel, shop, kind); channel and shop are empty for EXPIRE and MERGE
create table points_total (
  night   date not null,
  channel text collate "C" not null,
  shop    text collate "C" not null,
  kind    text collate "C" not null,
  entries bigint not null,
  points  bigint not null,
  moved   bigint not null,
  primary key (night, channel, shop, kind)
);

-- The points liability. grain: one row per (night, channel, shop, account); owed is negative, every row adds up:
-- closing = opening + issued + released + clawed_back + redeemed + restored + expired + adjusted + repaid
create table liability (
  night       date not null,
  channel     text collate "C" not null,
  shop        text collate "C" not null,
  account     text collate "C" not null check (account in ('pending', 'available', 'owed')),
  opening     bigint not null,
  issued      bigint not null,
  released    bigint not null,
  clawed_back bigint not null,
  redeemed    bigint not null,
  restored    bigint not null,
  expired     bigint not null,
  adjusted    bigint not null,
  repaid      bigint not null,
  closing     bigint not null,
  primary key (night, channel, shop, account)
);

-- grain: one row per disagreement, ever; id is a hash of (type, channel, shop, key)
create table break (
  id           text collate "C" primary key,
  type         text collate "C" not null,
  channel      text collate "C" not null,
  shop         text collate "C" not null,
  key          text collate "C" not null,
  first_night  date not null,
  state        text not null check (state in ('OPEN', 'CLOSED')),
  closed_night date,
  detail       text not null
);
create index break_open on break (first_night) where state = 'OPEN';

-- Which member profiles the last extracts carried, so that a delta is the difference. grain: one row per (night, member)
create table profile_sent (
  night     date not null,
  member_id text collate "C" not null,
  hash      bytea not null,
  primary key (night, member_id)
);

-- grain: one row per night whose extract was written; delivered_at is null until it was handed over
create table extract (
  night        date primary key references night,
  base_night   date,
  delivered_at timestamptz
);
