-- Keeps what the statements of a night say about money, each movement once, whatever statements and layouts show it.
-- grain: one row of settlement per distinct movement of a layout
-- writes: settlement, night_input
-- params: :night date, :zone text, :channel text, :document text, :account text, :place int, :counts boolean
-- cost: set statements over the rows of the night's statements and what is known of their orders and days

-- name: again
-- A night that is read anew says what its statements say anew.
delete from settlement where first_night = :night;

-- name: create_layouts
-- Documents that tell the money of one account, the one that stands first in its mapping having the smallest place.
create temporary table money_layout (
  channel text collate "C" not null, document text collate "C" not null, account text collate "C" not null,
  place integer not null, counts boolean not null, primary key (channel, document))
on commit drop;

-- name: layout
insert into money_layout (channel, document, account, place, counts) values (:channel, :document, :account, :place, :counts);

-- name: keep
insert into settlement (channel, shop, content, document, flow, order_no, order_key, line_no, refund_no, at, fee, kind,
  amount_fen, balance_fen, first_night, sha256, source_row)
select distinct on (s.channel, s.shop, s.content) s.channel, s.shop, s.content, i.document, s.flow, s.order_no,
  case when s.order_no is not null then order_key(s.channel, s.shop, s.order_no) end, s.line_no, s.refund_no, s.at, s.fee,
  s.kind, s.amount_fen, s.balance_fen, :night::date, i.sha256, s.row
from shown_settlement_n{night} s
join night_input i on i.night = :night and i.n = s.delivery
order by s.channel, s.shop, s.content, i.sha256, s.row
on conflict do nothing;

-- name: retold_of_orders
-- A movement of an order is told again where another layout tells as many of that amount: the n-th of one layout is the n-th
-- of another. What came in nights before was first, of one night the layout with the smaller place.
with tonight as (
  select distinct s.order_key, s.amount_fen, l.account
  from settlement s join money_layout l using (channel, document)
  where s.first_night = :night and s.order_key is not null
), told as (
  select s.channel, s.shop, s.content, s.document, s.order_key, s.amount_fen, s.first_night, l.account, l.place, l.counts,
    row_number() over (
      partition by s.order_key, s.amount_fen, l.account, s.document order by s.first_night, s.content) as n
  from tonight t
  join settlement s using (order_key, amount_fen)
  join money_layout l on l.channel = s.channel and l.document = s.document and l.account = t.account
), layouts as (
  select order_key, amount_fen, account, document, place, count(*) as movements,
    count(*) filter (where first_night < :night) as before
  from told
  group by order_key, amount_fen, account, document, place
), again as (
  select t.channel, t.shop, t.content
  from told t
  join layouts o on o.order_key = t.order_key and o.amount_fen = t.amount_fen and o.account = t.account
  where t.first_night = :night
  group by t.channel, t.shop, t.content, t.n, t.counts
  having not t.counts
    or t.n <= max(case when o.place < t.place then o.movements else o.before end) filter (where o.document <> t.document)
)
update settlement s
set retold = true
from again a
where s.channel = a.channel and s.shop = a.shop and s.content = a.content;

-- name: retold_of_none
-- Movements of no order: the same by day and amount.
with tonight as (
  select distinct s.channel, s.shop, (s.at at time zone :zone)::date as day, s.amount_fen, l.account
  from settlement s join money_layout l using (channel, document)
  where s.first_night = :night and s.order_key is null
), told as (
  select s.channel, s.shop, s.content, s.document, t.day, s.amount_fen, s.first_night, l.account, l.place, l.counts,
    row_number() over (
      partition by s.channel, s.shop, t.day, s.amount_fen, l.account, s.document order by s.first_night, s.content) as n
  from tonight t
  join settlement s on s.channel = t.channel and s.shop = t.shop and s.amount_fen = t.amount_fen and s.order_key is null
    and s.at >= t.day::timestamp at time zone :zone and s.at < (t.day + 1)::timestamp at time zone :zone
  join money_layout l on l.channel = s.channel and l.document = s.document and l.account = t.account
), layouts as (
  select channel, shop, day, amount_fen, account, document, place, count(*) as movements,
    count(*) filter (where first_night < :night) as before
  from told
  group by channel, shop, day, amount_fen, account, document, place
), again as (
  select t.channel, t.shop, t.content
  from told t
  join layouts o on o.channel = t.channel and o.shop = t.shop and o.day = t.day and o.amount_fen = t.amount_fen
    and o.account = t.account
  where t.first_night = :night
  group by t.channel, t.shop, t.content, t.n, t.counts
  having not t.counts
    or t.n <= max(case when o.place < t.place then o.movements else o.before end) filter (where o.document <> t.document)
)
update settlement s
set retold = true
from again a
where s.channel = a.channel and s.shop = a.shop and s.content = a.content;

-- name: rows
-- A row may hold several movements. One that says nothing new, or stands in another row, too, is a duplicate.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where new) as merged, count(*) filter (where not new) as duplicate
  from (
    select s.delivery, s.row, bool_or(k.content is not null) as new
    from shown_settlement_n{night} s
    join night_input d on d.night = :night and d.n = s.delivery
    left join settlement k on k.channel = s.channel and k.shop = s.shop and k.content = s.content
      and k.first_night = :night and k.sha256 = d.sha256 and k.source_row = s.row
    group by s.delivery, s.row
  ) r
  group by delivery
) c
where i.night = :night and i.n = c.delivery;
