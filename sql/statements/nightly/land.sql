-- Builds the landing tables of one night: typed rows of its deliveries, one table per kind of fact, no index.
-- grain: one row per record of a delivery (n of night_input) and row
-- writes: landing tables of the night, quarantine, night_input, delivery, shop_name, doubled_delivery
-- params: :night date, :n int, :rows bigint, :filtered bigint, :outcome text, :message text, :channel text, :shop text,
--   :document text, :header text[], :pool text, :combine text, :held boolean, :sha256 text, :file text, :names text[]
-- cost: one COPY per table whatever the number of deliveries; two set statements over keys that repeat in one delivery

-- name: drop
drop table if exists landing_order_n{night}, landing_line_n{night}, landing_return_n{night}, landing_token_n{night},
  landing_binding_n{night}, landing_member_n{night}, landing_evidence_n{night}, landing_reject_n{night}, landing_refund_n{night},
  landing_split_n{night},
  landing_balance_n{night}, landing_balance_token_n{night}, points_rule_n{night};


-- name: create_orders
create table landing_order_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, state smallint not null,
  created_at timestamptz, paid_at timestamptz, completed_at timestamptz, modified_at timestamptz,
  gross_fen bigint, freight_fen bigint, refunded_fen bigint, net_fen bigint, item_count numeric,
  content bytea not null);

-- name: create_lines
create table landing_line_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, line text collate "C",
  sku text collate "C" not null, qty numeric, price_fen bigint, due_fen bigint, paid_fen bigint,
  state smallint not null, refund_state smallint not null, refunded_fen bigint, at timestamptz, till_points bigint,
  excluded boolean not null, content bytea not null);

-- name: create_returns
create table landing_return_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, sku text collate "C" not null,
  price_fen bigint, amount_fen bigint not null, at timestamptz not null, till_points bigint, content bytea not null);

-- name: create_refunds
create table landing_refund_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, refund_no text collate "C" not null,
  line_id text collate "C", sku text collate "C" not null, state smallint not null, amount_fen bigint not null,
  at timestamptz, content bytea not null);

-- name: create_splits
create table landing_split_n{night} (
  delivery integer not null, row integer not null, parent_key uuid not null, child_key uuid not null);

-- name: create_tokens
create table landing_token_n{night} (
  order_key uuid not null, kind text collate "C" not null, channel text collate "C" not null, hash bytea not null,
  shown text not null);

-- name: create_bindings
create table landing_binding_n{night} (
  delivery integer not null, row integer not null, content bytea not null, channel text collate "C" not null,
  order_no text collate "C", bound_at timestamptz not null);

-- name: create_members
create table landing_member_n{night} (
  delivery integer not null, row integer not null, content bytea not null,
  kind text collate "C" not null, hash bytea not null, shown text not null, -- the token it is about: a card, else a phone
  birthday date, join_date date, home_shop text not null, phone bytea, phone_shown text);

-- name: create_evidence
create table landing_evidence_n{night} (
  content bytea not null, side text not null, kind text collate "C" not null, channel text collate "C" not null,
  hash bytea not null, shown text not null);

-- name: create_balances
create table landing_balance_n{night} (
  delivery integer not null, row integer not null, content bytea not null, channel text collate "C" not null,
  shop text collate "C" not null, points bigint not null);

-- name: create_balance_tokens
create table landing_balance_token_n{night} (
  content bytea not null, kind text collate "C" not null, channel text collate "C" not null, hash bytea not null,
  shown text not null);

-- name: create_points_rules
-- What the settings say about the points of a channel, as they were when the night landed.
create table points_rule_n{night} (channel text collate "C" primary key, pool text not null, combine text);

-- name: create_rejects
create table landing_reject_n{night} (
  delivery integer not null, row integer not null, column_name text not null, reason text not null,
  value_masked text not null, record_masked text not null, shop text collate "C", order_no text collate "C",
  order_key uuid);

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

-- name: discard_orders
delete from landing_order_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_lines
delete from landing_line_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_returns
delete from landing_return_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_refunds
delete from landing_refund_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_splits
delete from landing_split_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_bindings
delete from landing_binding_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_members
delete from landing_member_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_balances
delete from landing_balance_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: discard_rejects
delete from landing_reject_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY');

-- name: conflicting_orders
-- Two rows of one order in one delivery that state different amounts: neither is used.
with conflict as (
  delete from landing_order_n{night} o
  using (
    select delivery, order_key
    from (select distinct delivery, order_key, gross_fen, freight_fen, refunded_fen, net_fen from landing_order_n{night}) d
    group by delivery, order_key
    having count(*) > 1
  ) c
  where o.delivery = c.delivery and o.order_key = c.order_key
  returning o.*
), lines as (
  -- rows that state an order and a line each go as a whole
  delete from landing_line_n{night} l
  using (select distinct delivery, order_key from conflict) c
  where l.delivery = c.delivery and l.order_key = c.order_key
  returning l.*
)
insert into landing_reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', order_no,
  format('order %s: gross_fen %s, freight_fen %s, refunded_fen %s', order_no, gross_fen, freight_fen, refunded_fen),
  shop, order_no, order_key
from conflict
union all
select l.delivery, l.row, '', 'CONFLICTING_ROWS', l.order_no, format('order %s: its rows state different amounts', l.order_no),
  l.shop, l.order_no, l.order_key
from lines l
where not exists (select 1 from conflict c where c.delivery = l.delivery and c.row = l.row);

-- name: fold_orders
-- Rows of one order in one delivery become one: the state is that of the line furthest behind, closed ones apart.
with several as (
  select delivery, order_key
  from landing_order_n{night} o
  join night_input i on i.night = :night and i.n = o.delivery and i.grain = 'order_line'
  group by delivery, order_key
  having count(*) > 1
), rows as (
  delete from landing_order_n{night} o
  using several s
  where o.delivery = s.delivery and o.order_key = s.order_key
  returning o.*
)
insert into landing_order_n{night} (delivery, row, order_key, channel, shop, order_no, state, created_at, paid_at,
  completed_at, modified_at, gross_fen, freight_fen, refunded_fen, net_fen, item_count, content)
select delivery, row, order_key, channel, shop, order_no, state, created_at, paid_at,
  case when state >= 4 then completed_at end, modified_at, gross_fen, freight_fen, refunded_fen, net_fen, item_count,
  content
from (
  select delivery, min(row) as row, order_key, min(channel) as channel, min(shop) as shop, min(order_no) as order_no,
    coalesce(min(state) filter (where state < 5), 5) as state, min(created_at) as created_at, min(paid_at) as paid_at,
    max(completed_at) as completed_at, max(modified_at) as modified_at, min(gross_fen) as gross_fen,
    min(freight_fen) as freight_fen, min(refunded_fen) as refunded_fen, min(net_fen) as net_fen,
    min(item_count) as item_count,
    case count(distinct content)
      when 1 then (array_agg(content))[1]
      else substr(sha256(string_agg(distinct content, ''::bytea order by content)), 1, 16)
    end as content
  from rows
  group by delivery, order_key
) folded;

-- name: conflicting_lines
with conflict as (
  delete from landing_line_n{night} l
  using (
    select delivery, order_key, line
    from (
      select distinct delivery, order_key, line, qty, price_fen, due_fen, paid_fen, refunded_fen
      from landing_line_n{night}
      where line is not null
    ) d
    group by delivery, order_key, line
    having count(*) > 1
  ) c
  where l.delivery = c.delivery and l.order_key = c.order_key and l.line = c.line
  returning l.*
)
insert into landing_reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', line,
  format('order %s line %s: price_fen %s, due_fen %s, refunded_fen %s', order_no, line, price_fen, due_fen, refunded_fen),
  shop, order_no, order_key
from conflict;

-- name: conflicting_refunds
with conflict as (
  delete from landing_refund_n{night} r
  using (
    select delivery, order_key, refund_no
    from (select distinct delivery, order_key, refund_no, amount_fen from landing_refund_n{night}) d
    group by delivery, order_key, refund_no
    having count(*) > 1
  ) c
  where r.delivery = c.delivery and r.order_key = c.order_key and r.refund_no = c.refund_no
  returning r.*
)
insert into landing_reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', refund_no,
  format('order %s refund %s: amount_fen %s', order_no, refund_no, amount_fen), shop, order_no, order_key
from conflict;

-- name: conflicting_members
-- Member rows of one token, in whatever files of the night, that state different things: none is used. An empty cell
-- states nothing.
with conflict as (
  delete from landing_member_n{night} l
  using (
    select kind, hash
    from landing_member_n{night}
    group by kind, hash
    having count(distinct birthday) > 1 or count(distinct join_date) > 1 or count(distinct nullif(home_shop, '')) > 1
      or count(distinct phone) > 1
  ) c
  where l.kind = c.kind and l.hash = c.hash
  returning l.*
)
insert into landing_reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', shown,
  format('%s %s: phone %s, birthday %s, join_date %s, home_shop %s; other rows of the night say otherwise', kind, shown,
    coalesce(phone_shown, '-'), coalesce(birthday::text, '-'), coalesce(join_date::text, '-'),
    coalesce(nullif(home_shop, ''), '-')),
  null, null, null
from conflict;

-- name: quarantine
insert into quarantine (id, first_night, channel, shop, document, file, sha256, row, column_name, reason, value_masked,
  record_masked, order_no, order_key, replay_of)
select distinct on (id) id, :night, channel, shop, document, file, sha256, row, column_name, reason, value_masked,
  record_masked, order_no, order_key, replay_of
from (
  select left(encode(sha256(convert_to(concat_ws('|', i.channel, i.shop, i.document, i.sha256, r.row, r.column_name,
      r.reason), 'UTF8')), 'hex'), 16) as id,
    i.channel, coalesce(r.shop, i.shop) as shop, i.document, i.file, i.sha256, r.row, r.column_name, r.reason,
    r.value_masked, r.record_masked, r.order_no, r.order_key,
    -- a replayed row that is rejected again belongs to the reject it was a replay of
    (select min(a.subject) from quarantine_action a
     where a.action = 'REPLAY' and a.sha256 = i.sha256 and a.row = r.row) as replay_of
  from landing_reject_n{night} r
  join night_input i on i.night = :night and i.n = r.delivery
) q
on conflict (id) do nothing;

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
select count(distinct (delivery, row)) from landing_reject_n{night};

-- name: analyze
analyze landing_order_n{night}, landing_line_n{night}, landing_return_n{night}, landing_token_n{night},
  landing_refund_n{night},
  landing_balance_n{night}, landing_balance_token_n{night};
