-- Builds the landing tables of one night: typed rows of its deliveries, one table per kind of fact, no index.
-- grain: one row per record of a delivery (n of night_input) and row
-- writes: landing tables of the night, quarantine, night_input, delivery, shop_name, doubled_delivery
-- params: :night date, :n int, :rows bigint, :filtered bigint, :outcome text, :message text, :channel text, :shop text,
--   :document text, :order_rows bigint, :header text[], :pool text, :combine text, :held boolean, :sha256 text, :file text, :names text[],
--   :zone text, :reused int[], :unique text[]
-- cost: one COPY per table whatever the number of deliveries; set statements that group the landing rows by key once, and
--   act on keys that contradict themselves only

-- name: drop
drop table if exists landing_order_n{night}, landing_line_n{night}, landing_return_n{night}, landing_token_n{night},
  landing_binding_n{night}, landing_member_n{night}, landing_evidence_n{night}, landing_reject_n{night}, landing_refund_n{night},
  landing_split_n{night},
  landing_balance_n{night}, landing_balance_token_n{night}, points_rule_n{night};


-- name: create_orders
create table landing_order_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, state smallint not null,
  created_at timestamptz, paid_at timestamptz, paid_when_completed boolean not null,
  completed_at timestamptz, modified_at timestamptz,
  gross_fen bigint, freight_fen bigint, refunded_fen bigint, net_fen bigint, item_count numeric,
  content bytea not null,
  amounts bigint not null, -- equal where the amounts are
  card bigint);            -- who a row of a till belongs to, null for nobody

-- name: create_lines
create table landing_line_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, line text collate "C",
  sku text collate "C" not null, qty numeric, price_fen bigint, due_fen bigint, paid_fen bigint,
  state smallint not null, refund_state smallint not null, refunded_fen bigint, at timestamptz, till_points bigint,
  excluded boolean not null, content bytea not null, amounts bigint not null, card bigint);

-- name: create_returns
create table landing_return_n{night} (
  delivery integer not null, row integer not null, order_key uuid not null, channel text collate "C" not null,
  shop text collate "C" not null, order_no text collate "C" not null, sku text collate "C" not null,
  price_fen bigint, amount_fen bigint not null, at timestamptz not null, till_points bigint, content bytea not null,
  card bigint);

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
  delivery integer not null, order_key uuid not null, kind text collate "C" not null, channel text collate "C" not null,
  hash bytea not null, shown text not null, card bigint);

-- name: create_bindings
create table landing_binding_n{night} (
  delivery integer not null, row integer not null, content bytea not null, channel text collate "C" not null,
  order_no text collate "C", shop text collate "C", bound_at timestamptz not null);

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
  order_key uuid, withheld boolean not null default false);

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

-- name: accepted
select order_key, line_fen from limit_accepted where line_fen > 0;

-- name: order_limit
-- An order with more rows in the night than limits.order_rows is no order of anybody: none of its rows is used. One
-- reject stands for all rows of a delivery, which count as rejected.
-- cost: one hash aggregate over the keys of the landing rows, only in nights that have more rows than the limit
with big as (
  select order_key, count(*) as rows
  from (
    select order_key from landing_line_n{night}
    union all select order_key from landing_return_n{night}
    union all select order_key from landing_refund_n{night}
  ) r
  group by order_key
  having count(*) > :order_rows
), refused as (
  select order_key, rows from big b
  where not exists (select 1 from limit_accepted a where a.order_key = b.order_key and a.rows >= b.rows)
), orders as (
  delete from landing_order_n{night} l using refused b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, l.order_key, b.rows
), lines as (
  delete from landing_line_n{night} l using refused b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, l.order_key, b.rows
), returns as (
  delete from landing_return_n{night} l using refused b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, l.order_key, b.rows
), refunds as (
  delete from landing_refund_n{night} l using refused b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, l.order_key, b.rows
)
insert into landing_reject_n{night}
select delivery, row, '', 'LIMIT', rows || ' rows',
  format('order %s has %s rows in one night, the limit is %s', order_no, rows, :order_rows), shop, order_no, order_key,
  row_number() over (partition by delivery, order_key order by row) > 1
from (
  select distinct delivery, row, shop, order_no, order_key, rows
  from (
    select * from orders union all select * from lines union all select * from returns union all select * from refunds
  ) r
) r;

-- name: discard_tokens
delete from landing_token_n{night} l
using night_input i
where i.night = :night and i.n = l.delivery and (i.held or i.outcome not in ('ACCEPTED', 'REVISION', 'EMPTY'));

-- name: receipts
-- Receipt numbers of tills whose rows cannot all be one receipt: some have no card, or they have several, or a night
-- before knew another card; and every receipt of a till that gives its numbers again.
create temporary table receipt_apart on commit drop as
with shown as (
  select l.order_key, l.card, l.delivery
  from landing_line_n{night} l
  join night_input i on i.night = :night and i.n = l.delivery and i.grain = 'receipt_line'
  union all
  select order_key, card, delivery from landing_return_n{night}
), receipt as (
  select order_key, bool_or(card is null) as bare, min(card) as least, max(card) as most,
    bool_or(delivery = any (:reused::int[]) and card is not null) as reused
  from shown
  group by order_key
)
select r.order_key, r.bare, r.least is distinct from r.most or known.card <> r.least as several, r.reused, known.card
from receipt r
left join lateral (
  select ('x' || encode(substr(t.hash, 1, 8), 'hex'))::bit(64)::bigint as card
  from order_token t
  where t.order_key = r.order_key
  order by t.night, t.kind, t.hash
  limit 1
) known on true
where r.reused or r.bare and coalesce(r.least, known.card) is not null or r.least <> r.most or r.least <> known.card;

-- name: receipt_numbers
-- What becomes of their rows: number is that of the receipt they are, null for rows that contradict others. A receipt
-- with a card of its own is named by its first row; the number it got once stays.
create temporary table receipt_number on commit drop as
with part as (
  select s.order_key, s.card, min(s.channel) as channel, min(s.shop) as shop, min(s.order_no) as order_no,
    min(s.order_no) || '-' || to_char(min(s.at) at time zone :zone, 'HH24MISS') as apart
  from (
    select order_key, card, channel, shop, order_no, at from landing_line_n{night}
    union all
    select order_key, card, channel, shop, order_no, at from landing_return_n{night}
  ) s
  join receipt_apart using (order_key)
  group by s.order_key, s.card
), named as (
  select p.order_key, p.card, p.channel, p.shop, a.card as known,
    case
      when p.card is null then case when a.bare and (a.card is not null or exists (
          select 1 from part q where q.order_key = p.order_key and q.card is not null))
        then p.order_no || '-0' else p.order_no end
      when p.card = a.card then p.order_no
      when a.reused and (a.several or exists (
          select 1 from order_token t
          where t.order_key = order_key(p.channel, p.shop, p.apart)
            and ('x' || encode(substr(t.hash, 1, 8), 'hex'))::bit(64)::bigint = p.card))
        then p.apart
      when a.several then null
      else p.order_no
    end as number
  from part p join receipt_apart a using (order_key)
)
select n.order_key, n.card, n.known, n.channel, n.shop,
  case when n.card is null or c.cards = 1 then n.number end as number,
  case when n.card is null or c.cards = 1 then order_key(n.channel, n.shop, n.number) end as number_key
from named n
left join (
  select order_key, number, count(*) as cards from named where card is not null group by order_key, number
) c on c.order_key = n.order_key and c.number = n.number;

-- name: receipt_lines
update landing_line_n{night} l
set order_no = n.number, order_key = n.number_key
from receipt_number n
where l.order_key = n.order_key and l.card is not distinct from n.card and n.number_key <> n.order_key;

-- name: receipt_orders
update landing_order_n{night} l
set order_no = n.number, order_key = n.number_key
from receipt_number n
where l.order_key = n.order_key and l.card is not distinct from n.card and n.number_key <> n.order_key;

-- name: receipt_returns
update landing_return_n{night} l
set order_no = n.number, order_key = n.number_key
from receipt_number n
where l.order_key = n.order_key and l.card is not distinct from n.card and n.number_key <> n.order_key;

-- name: receipt_tokens
update landing_token_n{night} l
set order_key = n.number_key
from receipt_number n
where l.order_key = n.order_key and l.card = n.card and n.number_key <> n.order_key;

-- name: receipt_conflicts
-- Rows of another card than the known one are no part of that receipt: they do not park it.
with bad as (
  select order_key, card, known from receipt_number where number is null
), lines as (
  delete from landing_line_n{night} l using bad b
  where l.order_key = b.order_key and l.card = b.card
  returning l.delivery, l.row, l.shop, l.order_no, l.order_key, b.known
), returns as (
  delete from landing_return_n{night} l using bad b
  where l.order_key = b.order_key and l.card = b.card
  returning l.delivery, l.row, l.shop, l.order_no, l.order_key, b.known
), orders as (
  delete from landing_order_n{night} l using bad b where l.order_key = b.order_key and l.card = b.card
), tokens as (
  delete from landing_token_n{night} l using bad b where l.order_key = b.order_key and l.card = b.card
)
insert into landing_reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', order_no,
  case when known is null then format('receipt %s: its rows have different cards', order_no)
    else format('receipt %s: known with another card', order_no) end,
  shop, order_no, case when known is null then order_key end
from (select * from lines union all select * from returns) r;

-- name: conflicting_orders
-- Rows of one order in one delivery that state different amounts, buyers or times of payment: none is used. What a row
-- does not tell contradicts nothing. Each row of a till has a time of its own.
with conflict as (
  select o.delivery, o.order_key
  from landing_order_n{night} o
  join night_input i on i.night = :night and i.n = o.delivery and i.grain in ('order', 'order_line')
  group by o.delivery, o.order_key
  having count(*) > 1 and (min(amounts) <> max(amounts) or min(paid_at) <> max(paid_at))
  union
  select t.delivery, t.order_key
  from landing_token_n{night} t
  join (
    select delivery, order_key, kind, channel
    from landing_token_n{night}
    group by delivery, order_key, kind, channel
    having count(*) > 1
  ) again using (delivery, order_key, kind, channel)
  join night_input i on i.night = :night and i.n = t.delivery and i.grain in ('order', 'order_line')
  group by t.delivery, t.order_key, t.kind, t.channel
  having count(distinct t.hash) > 1
), orders as (
  delete from landing_order_n{night} o
  using conflict c
  where o.delivery = c.delivery and o.order_key = c.order_key
  returning o.*
), lines as (
  -- rows that state an order and a line each go as a whole
  delete from landing_line_n{night} l
  using conflict c
  where l.delivery = c.delivery and l.order_key = c.order_key
  returning l.*
), tokens as (
  delete from landing_token_n{night} l using conflict c where l.delivery = c.delivery and l.order_key = c.order_key
), splits as (
  delete from landing_split_n{night} l using conflict c where l.delivery = c.delivery and l.parent_key = c.order_key
)
insert into landing_reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', order_no,
  format('order %s: gross_fen %s, freight_fen %s, refunded_fen %s, paid_at %s', order_no, gross_fen, freight_fen,
    refunded_fen, to_char(paid_at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS')),
  shop, order_no, order_key
from orders
union all
select l.delivery, l.row, '', 'CONFLICTING_ROWS', l.order_no,
  format('order %s: its rows state different amounts, buyers or times', l.order_no), l.shop, l.order_no, l.order_key
from lines l
where not exists (select 1 from orders c where c.delivery = l.delivery and c.row = l.row);

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
  paid_when_completed, completed_at, modified_at, gross_fen, freight_fen, refunded_fen, net_fen, item_count,
  content, amounts)
select delivery, row, order_key, channel, shop, order_no, state, created_at, paid_at, paid_when_completed,
  case when state in (2, 5, 6) then completed_at end, modified_at, gross_fen, freight_fen, refunded_fen, net_fen, item_count,
  content, amounts
from (
  select delivery, min(row) as row, order_key, min(channel) as channel, min(shop) as shop, min(order_no) as order_no,
    coalesce(min(state) filter (where state not in (2, 6)), max(state)) as state, min(created_at) as created_at,
    min(paid_at) as paid_at, bool_or(paid_when_completed) as paid_when_completed,
    max(completed_at) as completed_at, max(modified_at) as modified_at, min(gross_fen) as gross_fen,
    min(freight_fen) as freight_fen, min(refunded_fen) as refunded_fen, min(net_fen) as net_fen,
    min(item_count) as item_count, min(amounts) as amounts,
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
    from landing_line_n{night}
    where line is not null
    group by delivery, order_key, line
    having min(amounts) <> max(amounts)
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
    from landing_refund_n{night}
    group by delivery, order_key, refund_no
    having min(amount_fen) <> max(amount_fen)
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

-- name: double_shops
-- Orders of a platform that gives each number once, shown in more than one shop: who was known first keeps the order, of
-- those that come in one night the first by name. The rows of the others are used for nothing, and park nothing.
with shown as materialized (
  select channel, shop, order_no, order_key from landing_order_n{night} where channel = any (:unique::text[])
  union
  select channel, shop, order_no, order_key from landing_line_n{night} where channel = any (:unique::text[])
  union
  select channel, shop, order_no, order_key from landing_refund_n{night} where channel = any (:unique::text[])
), several as (
  select channel
  from (
    select channel, shop from shown
    union
    select channel, shop from order_class_total where channel = any (:unique::text[])
  ) s
  group by channel
  having count(*) > 1
), known as (
  select s.order_key, min(o.shop) filter (where o.order_key <> s.order_key) as other, bool_or(o.order_key = s.order_key) as own
  from shown s
  join sales_order o on o.channel = s.channel and o.order_no = s.order_no
  where s.channel in (select channel from several)
    and (o.present or exists (select 1 from order_line l where l.order_key = o.order_key)
      or exists (select 1 from refund_document r where r.order_key = o.order_key))
  group by s.order_key
), first as (
  select channel, order_no, min(shop) as shop
  from shown
  where channel in (select channel from several)
  group by channel, order_no
  having min(shop) <> max(shop)
), bad as (
  select s.order_key, coalesce(k.other, f.shop) as other
  from shown s
  left join known k using (order_key)
  left join first f on f.channel = s.channel and f.order_no = s.order_no
  where not coalesce(k.own, false) and (k.other is not null or f.shop < s.shop)
), orders as (
  delete from landing_order_n{night} l using bad b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, b.other
), lines as (
  delete from landing_line_n{night} l using bad b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, b.other
), refunds as (
  delete from landing_refund_n{night} l using bad b where l.order_key = b.order_key
  returning l.delivery, l.row, l.shop, l.order_no, b.other
), tokens as (
  delete from landing_token_n{night} l using bad b where l.order_key = b.order_key
), splits as (
  delete from landing_split_n{night} l using bad b where l.parent_key = b.order_key
), withheld as (
  -- what was rejected of such an order before parks no order of the wrong shop
  update landing_reject_n{night} l set order_key = null from bad b where l.order_key = b.order_key
)
insert into landing_reject_n{night}
select distinct on (delivery, row) delivery, row, '', 'DOUBLE_SHOP', order_no,
  format('order %s: known in shop %s', order_no, other), shop, order_no, null::uuid
from (select * from orders union all select * from lines union all select * from refunds) r
order by delivery, row;

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
  where not r.withheld
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
