-- grain: one row per file that reached the archive; night is -infinity until a night freezes it as its input
create table arrival (
  night   date not null default '-infinity',
  channel text collate "C" not null,
  shop    text collate "C" not null,
  file    text collate "C" not null,
  sha256  text collate "C" not null,
  bytes   bigint not null,
  refused text not null default '',
  message text not null default '',
  primary key (night, channel, shop, file, sha256)
);

-- grain: one row per delivery ever seen: channel + shop + document + SHA-256 of its bytes
create table delivery (
  channel     text collate "C" not null,
  shop        text collate "C" not null,
  document    text collate "C" not null,
  sha256      text collate "C" not null,
  file        text collate "C" not null,
  bytes       bigint not null,
  first_night date not null,
  rows_in     bigint not null default 0,
  primary key (channel, shop, document, sha256)
);

-- The frozen input of a night. grain: one row per arrival of the night; n follows (channel, shop, document, sha256, file)
-- rows_in = merged + superseded + duplicate + rejected + filtered + waiting
create table night_input (
  night      date not null references night,
  n          integer not null,
  channel    text collate "C" not null,
  shop       text collate "C" not null,
  document   text collate "C" not null,
  file       text collate "C" not null,
  sha256     text collate "C" not null,
  bytes      bigint not null,
  outcome    text not null,
  grain      text not null default '',      -- what a row of the document is: order, line, receipt_line, binding, member
  message    text not null default '',
  rows_in    bigint not null default 0,
  merged     bigint not null default 0,
  superseded bigint not null default 0,
  duplicate  bigint not null default 0,
  rejected   bigint not null default 0,
  filtered   bigint not null default 0,
  waiting    bigint not null default 0,
  primary key (night, n)
);

-- Rows that cannot be trusted. grain: one row per rejected cell (or row) of a delivery; kept for good
create table quarantine (
  id            text collate "C" primary key,
  first_night   date not null,
  channel       text collate "C" not null,
  shop          text collate "C" not null,
  document      text collate "C" not null,
  file          text collate "C" not null,
  sha256        text collate "C" not null,
  row           integer not null,
  column_name   text not null,
  reason        text not null,
  value_masked  text not null,
  record_masked text not null,
  order_no      text collate "C",
  order_key     uuid,
  state         text not null default 'OPEN' check (state in ('OPEN', 'REPLAYED', 'WAIVED'))
);
create index quarantine_order on quarantine (order_key) where order_key is not null;
create index quarantine_night on quarantine (first_night);
