-- Reads the deliveries of one night: rows that speak of orders go to scratch, all others to tables of the night's own,
-- one per kind of fact, no index.
-- grain: one row per record of a delivery (n of night_input) and row
-- writes: tables of the night, night_input, delivery, shop_name, doubled_delivery
-- params: :night date, :n int, :rows bigint, :filtered bigint, :outcome text, :message text, :channel text, :shop text,
--   :document text, :header text[], :pool text, :combine text, :held boolean, :sha256 text, :file text, :names text[]
-- cost: one COPY per table whatever the number of deliveries; no statement touches a row of an order

-- name: drop
drop table if exists shown_binding_n{night}, shown_member_n{night}, shown_evidence_n{night}, shown_balance_n{night},
  shown_balance_token_n{night}, shown_settlement_n{night}, shown_ack_n{night}, shown_own_n{night}, reject_n{night}, split_n{night}, points_rule_n{night};

-- name: create_splits
-- What orders say they were split into, with the payment told there: join must know it before it joins the children.
create table split_n{night} (
  delivery integer not null, parent_key uuid not null, child_key uuid not null, paid_at timestamptz);

-- name: create_bindings
create table shown_binding_n{night} (
  delivery integer not null, row integer not null, content bytea not null, channel text collate "C" not null,
  order_no text collate "C", shop text collate "C", bound_at timestamptz not null);

-- name: create_acks
create table shown_ack_n{night} (
  delivery integer not null, row integer not null, content bytea not null, closed date not null,
  close_hash text collate "C" not null);

-- name: create_members
create table shown_member_n{night} (
  delivery integer not null, row integer not null, content bytea not null,
  kind text collate "C" not null, hash bytea not null, shown text not null, -- the token it is about: a card, else a phone
  birthday date, join_date date, home_shop text not null, phone bytea, phone_shown text);

-- name: create_evidence
create table shown_evidence_n{night} (
  content bytea not null, side text not null, kind text collate "C" not null, channel text collate "C" not null,
  hash bytea not null, shown text not null);

-- name: create_balances
create table shown_balance_n{night} (
  delivery integer not null, row integer not null, content bytea not null, channel text collate "C" not null,
  shop text collate "C" not null, points bigint not null);

-- name: create_balance_tokens
create table shown_balance_token_n{night} (
  content bytea not null, kind text collate "C" not null, channel text collate "C" not null, hash bytea not null,
  shown text not null);

-- name: create_settlements
create table shown_settlement_n{night} (
  delivery integer not null, row integer not null, content bytea not null, channel text collate "C" not null,
  shop text collate "C" not null, flow text collate "C" not null, order_no text collate "C", line_no text collate "C",
  refund_no text collate "C", at timestamptz not null, fee text not null, kind text collate "C" not null,
  amount_fen bigint not null, balance_fen bigint);

-- name: create_own
-- Rows of our own documents. says: what the record says beside people; shown: its key, fit to be shown.
create table shown_own_n{night} (
  delivery integer not null, row integer not null, document text collate "C" not null, key text collate "C" not null,
  shown text not null, content bytea not null, replaces boolean not null, says text not null, as_of timestamptz,
  member_kind text collate "C", member_channel text collate "C", member_hash bytea, member_shown text,
  other_kind text collate "C", other_channel text collate "C", other_hash bytea, other_shown text,
  waits_member boolean not null, waits_other boolean not null);

-- name: create_points_rules
-- What the settings say about the points of a channel, as they were when the night landed.
create table points_rule_n{night} (channel text collate "C" primary key, pool text not null, combine text);

-- name: create_rejects
create table reject_n{night} (
  delivery integer not null, row integer not null, column_name text not null, reason text not null,
  value_masked text not null, record_masked text not null, shop text collate "C", order_no text collate "C",
  order_key uuid, withheld boolean not null, glued boolean not null);

-- name: points_rule
insert into points_rule_n{night} (channel, pool, combine) values (:channel, :pool, nullif(:combine, ''));

-- name: deliveries
select n, channel, shop, document, file, sha256, bytes
from night_input
where night = :night and outcome in ('ACCEPTED', 'REVISION')
order by n;

-- name: read
update night_input
set rows_in = :rows, filtered = :filtered, outcome = coalesce(nullif(:outcome, ''), outcome), held = :held,
  message = case when :outcome = '' then message else :message end
where night = :night and n = :n;

-- name: rows_again
-- Whether the delivery is made of rejected rows that are read again: it is judged by what it was made of.
select 1 from quarantine_action where action = 'REPLAY' and sha256 = :sha256 and row > 0 limit 1;

-- name: same_bytes
-- Under which other shop the very same file was accepted, if it had any row.
select shop, first_night, file from delivery
where sha256 = :sha256 and channel = :channel and document = :document and shop not in ('', :shop) and rows_in > 0
  and not exists (
    select 1 from withdrawal w
    where w.channel = delivery.channel and w.shop = delivery.shop and w.document = delivery.document
      and w.sha256 = delivery.sha256)
order by first_night, shop
limit 1;

-- name: names_seen
select name, shop, first_night, file from shop_name
where channel = :channel and name = any(:names)
order by name, first_night, shop;

-- name: name_seen
insert into shop_name (channel, name, shop, first_night, file)
select :channel, name, coalesce(nullif(:shop, ''), name), :night, :file from unnest(:names) as given (name)
on conflict do nothing;

-- name: accepted_doubled
-- Whether somebody said that the rows of the file stand there twice rightly.
select 1
from break b
join break_action a on a.break_id = b.id and a.action = 'ACCEPT'
where b.type = 'DOUBLED_ROWS' and b.channel = :channel and b.shop = :shop and b.key = :document || ' ' || :sha256
limit 1;

-- name: hold
insert into doubled_delivery (channel, shop, document, sha256, file, bytes, night)
select channel, shop, document, sha256, file, bytes, night from night_input where night = :night and held
on conflict do nothing;

-- name: release
update doubled_delivery d set read_night = :night
from night_input i
where i.night = :night and not i.held and i.outcome in ('ACCEPTED', 'REVISION') and d.read_night is null
  and (d.channel, d.shop, d.document, d.sha256) = (i.channel, i.shop, i.document, i.sha256);

-- name: header_before
select header
from night_input
where channel = :channel and shop = :shop and document = :document and (night, n) < (:night, :n)
  and header is not null and outcome in ('ACCEPTED', 'REVISION')
order by night desc, n desc
limit 1;

-- name: header
-- Rows that are read again come with the header of their old file: that is no news, and nothing to compare with.
update night_input i
set header = :header, message = concat_ws('; ', nullif(message, ''), nullif(:message, ''))
where night = :night and n = :n
  and not exists (
    select 1 from arrival a
    where a.night = i.night and a.channel = i.channel and a.sha256 = i.sha256 and a.replay);

-- name: discard_splits
delete from split_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_bindings
delete from shown_binding_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_members
delete from shown_member_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_acks
delete from shown_ack_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_balances
delete from shown_balance_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_settlements
delete from shown_settlement_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_own
delete from shown_own_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_rejects
delete from reject_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY');

-- name: accepted
select order_key, line_fen from limit_accepted where line_fen > 0;

-- name: conflicting_members
-- Member rows of one token, in whatever files of the night, that state different things: none is used. An empty cell
-- states nothing.
with conflict as (
  delete from shown_member_n{night} l
  using (
    select kind, hash
    from shown_member_n{night}
    group by kind, hash
    having count(distinct birthday) > 1 or count(distinct join_date) > 1 or count(distinct nullif(home_shop, '')) > 1
      or count(distinct phone) > 1
  ) c
  where l.kind = c.kind and l.hash = c.hash
  returning l.*
)
insert into reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', shown,
  format('%s %s: phone %s, birthday %s, join_date %s, home_shop %s; other rows of the night say otherwise', kind, shown,
    coalesce(phone_shown, '-'), coalesce(birthday::text, '-'), coalesce(join_date::text, '-'),
    coalesce(nullif(home_shop, ''), '-')),
  null, null, null, false, false
from conflict;

-- name: delivered
insert into delivery (channel, shop, document, sha256, file, bytes, first_night, rows_in)
select channel, shop, document, sha256, file, bytes, night, rows_in
from night_input
where night = :night and outcome in ('ACCEPTED', 'REVISION', 'EMPTY') and document <> ''
on conflict do nothing;

-- name: duplicates
-- A delivery that came before is not read again: all its rows are duplicates.
update night_input i
set rows_in = d.rows_in, duplicate = d.rows_in
from delivery d
where i.night = :night and i.outcome = 'DUPLICATE'
  and (d.channel, d.shop, d.document, d.sha256) = (i.channel, i.shop, i.document, i.sha256);

-- name: rejected
select count(distinct (delivery, row)) from reject_n{night};

-- name: analyze
analyze shown_balance_n{night}, shown_balance_token_n{night}, split_n{night};
