-- Rows of our own documents that were taken back: they stay, so that every entry can be explained, and count no more.
alter table own_row add column withdrawn date;   -- the night that took the row back; null while it counts
create index own_row_withdrawn on own_row (withdrawn) where withdrawn is not null;

create or replace view activity as
select key, night, due_on, member_id, other_id as friend_id, as_of as at, says ->> 'event_id' as event_id, says ->> 'type' as type,
  says ->> 'platform' as platform, says ->> 'shop' as shop, says ->> 'channel' as channel, says ->> 'order_no' as order_no,
  other_hash is not null as names_friend, (says ->> 'makeup')::boolean as makeup, file, sha256, source_row
from own_row where document = 'activity' and withdrawn is null;

create or replace view adjustment as
select key, night, due_on, member_id, as_of as at, key as adjustment_no, (says ->> 'points')::bigint as points,
  says ->> 'reason' as reason, says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by,
  says ->> 'source_shop' as source_shop, (says ->> 'expires')::date as expires, channel as delivered_by, file, sha256, source_row
from own_row where document = 'adjustment' and withdrawn is null;

create or replace view product as
select key, night, says ->> 'sku' as sku, says ->> 'category' as category, says ->> 'brand' as brand,
  (says ->> 'excluded')::boolean as excluded, file, sha256, source_row
from own_row where document = 'product' and withdrawn is null;

create or replace view standing as
select key, night, due_on, member_id, says ->> 'what' as what, says ->> 'name' as name,
  (says ->> 'from')::timestamptz as from_at, (says ->> 'to')::timestamptz as to_at, (says ->> 'uses')::bigint as uses,
  says ->> 'reason' as reason, says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by,
  file, sha256, source_row
from own_row where document = 'standing' and withdrawn is null;

-- Those that were taken back are still asked for: what they took goes back.
create or replace view redemption as
select key, night, due_on, known_night, member_id, as_of as at, key as request_no, says ->> 'mode' as mode,
  says ->> 'source' as source, says ->> 'shop' as shop, says ->> 'item' as item, (says ->> 'qty')::bigint as qty,
  (says ->> 'points')::bigint as points, (says ->> 'cash_fen')::bigint as cash_fen, says ->> 'order_channel' as order_channel,
  says ->> 'order_no' as order_no, (says ->> 'as_of_night')::date as as_of_night, says ->> 'address_ref' as address_ref,
  file, sha256, source_row, withdrawn
from own_row where document = 'redemption';

create or replace view redemption_event as
select key, night, due_on, as_of as at, says ->> 'request_no' as request_no, says ->> 'event' as event,
  says ->> 'shop' as shop, says ->> 'ref' as ref, says ->> 'eta' as eta, file, sha256, source_row
from own_row where document = 'redemption_event' and withdrawn is null;

create or replace view pass_use as
select key, night, due_on, member_id, as_of as at, says ->> 'use_no' as use_no, says ->> 'pass' as pass,
  says ->> 'order_channel' as order_channel, says ->> 'order_no' as order_no, says ->> 'event' as event, file, sha256, source_row
from own_row where document = 'pass_use' and withdrawn is null;

create or replace view voucher_use as
select key, night, due_on, as_of as at, says ->> 'code' as code, says ->> 'shop' as shop,
  says ->> 'order_channel' as order_channel, says ->> 'order_no' as order_no, says ->> 'event' as event,
  (says ->> 'off_fen')::bigint as off_fen, file, sha256, source_row
from own_row where document = 'voucher_use' and withdrawn is null;

create or replace view topup as
select key, night, due_on, member_id, as_of as at, says ->> 'topup_no' as topup_no, says ->> 'refund_no' as refund_no,
  says ->> 'shop' as shop, (says ->> 'principal_fen')::bigint as principal_fen, says ->> 'event' as event, file, sha256, source_row
from own_row where document = 'topup' and withdrawn is null;

create or replace view transfer as
select key, night, due_on, member_id as giver_id, other_id as receiver_id, as_of as at, key as transfer_no,
  (says ->> 'points')::bigint as points, file, sha256, source_row
from own_row where document = 'transfer' and withdrawn is null;

create or replace view relation as
select key, night, known_night, due_on, member_id, other_id as friend_id, (says ->> 'from')::timestamptz as from_at,
  (says ->> 'to')::timestamptz as to_at, file, sha256, source_row
from own_row where document = 'relation' and withdrawn is null;

create or replace view exchange as
select key, night, due_on, says ->> 'channel' as channel, says ->> 'order_no' as order_no,
  says ->> 'old_order_no' as old_order_no, file, sha256, source_row
from own_row where document = 'exchange' and withdrawn is null;

create or replace view draw_public as
select key, night, due_on, says ->> 'draw' as draw, says ->> 'value' as value, file, sha256, source_row
from own_row where document = 'draw_public' and withdrawn is null;

create or replace view account_state as
select key, night, known_night, due_on, member_id, as_of as at, says ->> 'state' as state, says ->> 'reason' as reason,
  says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by, coalesce(signed, false) as signed,
  file, sha256, source_row
from own_row where document = 'account_state' and withdrawn is null;

-- Registrations that no member row tells any more. grain: one row per night that found it and number of an award
create table unregistered (
  night  date not null,
  number text collate "C" not null,
  at     timestamptz not null,                -- when it was given
  primary key (night, number)
);

-- Tokens that left an account because the evidence for it was taken back. grain: one row per night and token
create table parted (
  night   date not null,
  kind    text collate "C" not null,
  channel text collate "C" not null,
  hash    bytea not null,
  primary key (night, kind, channel, hash)
);
