-- Tonight's rows beside what is known: the larger of both stands.

insert into tonight.l_in
select 2, order_no, line, sku, qty, price_fen, amount_fen, 4, 0, 0 from tonight.scan where amount_fen >= 0
union all
select 3, trim(both E' \t' from "主订单编号"), trim(both E' \t' from "子订单编号"), trim(both E' \t' from "商家编码"),
  "商品数量"::integer, ("商品单价"::numeric * 100)::bigint, (("订单应付金额"::numeric - "运费"::numeric) * 100)::bigint, 4, 0, 0
from tonight.douyin;

create unlogged table tonight.o_now as
select coalesce(k.order_id, nextval('order_seq')) as order_id, i.shop_id, i.order_no, k.order_id is not null as known,
  w.newer, case when w.newer then i.state else k.state end as state,
  case when w.newer then i.created else k.created end as created,
  case when w.newer then i.paid else k.paid end as paid,
  case when w.newer then i.completed else k.completed end as completed,
  case when w.newer then i.gross_fen else k.gross_fen end as gross_fen,
  case when w.newer then i.freight_fen else k.freight_fen end as freight_fen,
  case when w.newer then i.refunded_fen else k.refunded_fen end as refunded_fen,
  case when w.newer then i.item_count else k.item_count end as item_count, i.buyer, k.member_id
from tonight.o_in i
left join orders k using (order_no, shop_id),
lateral (
  select k.order_id is null
    or (i.state, i.refunded_fen, i.paid is not null, i.completed is not null)
      > (k.state, k.refunded_fen, k.paid is not null, k.completed is not null) as newer
) w;
analyze tonight.o_now;
analyze tonight.l_in;
