-- What our own documents say, each row once. grain: one row per (document, key), and per night where later nights replace it
create table own_row (
  document       text collate "C" not null,    -- activity, adjustment, …: the grain of the document
  key            text collate "C" not null,    -- what makes the row this row: its number, or its parts, a slash between them
  night          date not null,                -- that read it
  content        bytea not null,               -- hash of all the row says
  says           jsonb not null,               -- by column, people apart; the views below show it as tables
  as_of          timestamptz not null,         -- when it happened; of what has no time, the last second of its night
  member_kind    text collate "C",             -- whom it is about, null: nobody
  member_channel text collate "C",
  member_hash    bytea,
  member_shown   text,
  member_id      text collate "C",             -- birth id, null while nobody has the token; resolve through member.merged_into
  other_kind     text collate "C",             -- a friend, a receiver
  other_channel  text collate "C",
  other_hash     bytea,
  other_shown    text,
  other_id       text collate "C",
  waits_member   boolean not null,             -- it counts only when he is known
  waits_other    boolean not null,
  known_night    date,                         -- that knew all it waits for; null while it waits
  due_on         date,                         -- the first night that may decide about it; null while it waits
  channel        text collate "C" not null,    -- the folder that delivered it
  file           text not null,
  sha256         text collate "C" not null,
  source_row     integer not null,
  primary key (document, key, night)
) with (fillfactor = 85);
create index own_row_night on own_row (night);
create index own_row_due on own_row (due_on);
create index own_row_waiting_member on own_row (member_hash) where member_id is null and member_hash is not null;
create index own_row_waiting_other on own_row (other_hash) where other_id is null and other_hash is not null;
-- Of what was waited for and is found, until it counts: a few rows at any time.
create index own_row_found on own_row (night)
  where known_night is null and (not waits_member or member_id is not null) and (not waits_other or other_id is not null);
create index own_row_member on own_row (member_id, document) where member_id is not null;

create view activity as
select key, night, due_on, member_id, other_id as friend_id, as_of as at, says ->> 'event_id' as event_id, says ->> 'type' as type,
  says ->> 'platform' as platform, says ->> 'shop' as shop, says ->> 'channel' as channel, says ->> 'order_no' as order_no,
  other_hash is not null as names_friend, (says ->> 'makeup')::boolean as makeup, file, sha256, source_row
from own_row where document = 'activity';

create view adjustment as
select key, night, due_on, member_id, as_of as at, key as adjustment_no, (says ->> 'points')::bigint as points,
  says ->> 'reason' as reason, says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by,
  says ->> 'source_shop' as source_shop, (says ->> 'expires')::date as expires, channel as delivered_by, file, sha256, source_row
from own_row where document = 'adjustment';

-- Several nights may speak of one: the newest that is not after the night one asks for counts.
create view product as
select key, night, says ->> 'sku' as sku, says ->> 'category' as category, says ->> 'brand' as brand,
  (says ->> 'excluded')::boolean as excluded, file, sha256, source_row
from own_row where document = 'product';

-- The same. from_at inclusive, to_at exclusive, null: open
create view standing as
select key, night, due_on, member_id, says ->> 'what' as what, says ->> 'name' as name,
  (says ->> 'from')::timestamptz as from_at, (says ->> 'to')::timestamptz as to_at, (says ->> 'uses')::bigint as uses,
  says ->> 'reason' as reason, says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by,
  file, sha256, source_row
from own_row where document = 'standing';

create view redemption as
select key, night, due_on, known_night, member_id, as_of as at, key as request_no, says ->> 'mode' as mode,
  says ->> 'source' as source, says ->> 'shop' as shop, says ->> 'item' as item, (says ->> 'qty')::bigint as qty,
  (says ->> 'points')::bigint as points, (says ->> 'cash_fen')::bigint as cash_fen, says ->> 'order_channel' as order_channel,
  says ->> 'order_no' as order_no, (says ->> 'as_of_night')::date as as_of_night, says ->> 'address_ref' as address_ref,
  file, sha256, source_row
from own_row where document = 'redemption';

create view redemption_event as
select key, night, due_on, as_of as at, says ->> 'request_no' as request_no, says ->> 'event' as event,
  says ->> 'shop' as shop, says ->> 'ref' as ref, says ->> 'eta' as eta, file, sha256, source_row
from own_row where document = 'redemption_event';
