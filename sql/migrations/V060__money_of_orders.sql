-- The money of the orders of a class, carried from close to close like their number, so that a report of a night reads no order.
alter table order_class_total
  add column base_fen   bigint not null default 0,   -- what buyers paid for goods
  add column refund_fen bigint not null default 0;   -- what of it went back

update order_class_total t
set base_fen = o.base_fen, refund_fen = o.refund_fen
from (
  select s.channel, s.shop, v.class, sum(v.base_fen)::bigint as base_fen, sum(v.goods_refund_fen)::bigint as refund_fen
  from verdict v join sales_order s using (order_key, first_night)
  group by s.channel, s.shop, v.class
) o
where t.night = (select max(night) from close) and t.channel = o.channel and t.shop = o.shop and t.class = o.class;

-- What a till says of its points, beside what the ledger gave for the same lines.
-- grain: one row per (night, channel, shop) with receipts that the night looked at and that state points
create table till_total (
  night         date not null,
  channel       text collate "C" not null,
  shop          text collate "C" not null,
  lines         bigint not null,
  till_points   bigint not null,
  ledger_points bigint not null,
  primary key (night, channel, shop)
);
