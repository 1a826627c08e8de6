-- What platforms say their customers hold, and the one time it was imported.

-- grain: one row per distinct customer row of a delivery. Of a channel and shop only the newest night is kept, and what
-- openings rest on
create table points_snapshot (
  night     date not null,
  channel   text collate "C" not null,
  shop      text collate "C" not null,
  sha256    text collate "C" not null,      -- of the delivery
  content   bytea not null,
  row       integer not null,
  points    bigint not null check (points >= 0),
  kind      text not null default '',       -- the smallest token of the row, '' when it has none
  shown     text not null default '',
  token_key text collate "C" not null default '',  -- shown, with a few digits of its hash: tells masked phones apart
  member_id text collate "C",               -- whose it is as known that night; null when nobody knows
  note      text not null default '',       -- why it is nobody's although it has tokens of members
  primary key (night, channel, shop, sha256, content)
);
create index points_snapshot_member on points_snapshot (member_id) where member_id is not null;

-- Opening balances that were looked at: never again. grain: one row per (channel, member), the member of that night
create table opening (
  channel         text collate "C" not null,
  member_id       text collate "C" not null,
  shop            text collate "C" not null,
  night           date not null,
  combine         text not null check (combine in ('SUM', 'THEIRS', 'OURS', 'MAX')),
  theirs          bigint not null,          -- what the platform said
  ours            bigint not null,          -- pending + available - owed at that moment
  points          bigint not null,          -- what was booked, signed; 0 for none
  n               integer,                  -- of the OPENING entry of that night, null for none
  program_version integer not null,
  primary key (channel, member_id)
);
create index opening_member on opening (member_id);
