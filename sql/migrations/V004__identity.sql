-- grain: one row per unified member. member_id is never reused and never derived from a phone
create table member (
  member_id    text collate "C" primary key,
  bucket       smallint not null,           -- first 12 bits of the hash of the birth id
  birth_night  date not null,
  join_channel text not null,
  join_date    date not null,
  home_shop    text not null default '',
  birthday     date,
  fact_content bytea,                       -- hash of the member row whose facts are in force
  merged_into  text collate "C",            -- final survivor, null while living
  merged_night date,
  merged_at    timestamptz
) with (fillfactor = 85);
create index member_merged on member (merged_into) where merged_into is not null;

-- grain: one row per (token, validity). hash is HMAC-SHA-256 of (kind, channel, value) under a key outside the database
create table token (
  kind       text collate "C" not null,
  channel    text collate "C" not null,
  hash       bytea not null,
  member_id  text collate "C" not null,     -- birth id; resolve through member.merged_into
  valid_from timestamptz not null,
  valid_to   timestamptz not null,
  bound_at   timestamptz,                   -- of the binding it rests on, null when it came with an order or a member row
  shown      text not null,                 -- phones masked, other kinds plain
  night      date not null,
  primary key (kind, channel, hash, valid_from)
);
create index token_member on token (member_id);

-- Own evidence. grain: one row per distinct binding row
create table binding (
  content    bytea primary key,
  channel    text collate "C" not null,
  order_no   text collate "C",
  bound_at   timestamptz not null,
  state      text not null check (state in ('WAITING', 'APPLIED', 'CONFLICT')),
  first_night date not null,
  applied_night date,
  note       text not null default '',      -- why it is in CONFLICT
  source_sha256 text not null,
  source_row integer not null
);
create index binding_waiting on binding (bound_at) where state = 'WAITING';

-- grain: one row per distinct member row
create table member_fact (
  content     bytea primary key,
  birthday    date,
  join_date   date,
  home_shop   text not null,
  first_night date not null,
  note        text not null default '',     -- why it contradicts what is known, empty when it does not
  source_sha256 text not null,
  source_row  integer not null
);

-- grain: one row per token of a binding or member row; side PLATFORM or PERSON
create table evidence_token (
  content bytea not null,
  side    text not null check (side in ('PLATFORM', 'PERSON')),
  kind    text collate "C" not null,
  channel text collate "C" not null,
  hash    bytea not null,
  shown   text not null,
  primary key (content, side, kind, channel, hash)
);

-- A buyer without a token of its own, bound by order number. grain: one row per order; the first binding counts
create table order_claim (
  order_key uuid primary key,
  member_id text collate "C" not null,
  bound_at  timestamptz not null,
  night     date not null
);
