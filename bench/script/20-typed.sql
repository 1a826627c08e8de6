-- Cells become values, and of the rows of one order or line the one that knows most counts: larger state, larger
-- refund, knows payment, knows completion. Orders and lines side by side.
-- states: 1 unpaid, 2 paid, 3 shipped, 4 completed, 5 closed

-- session
create unlogged table tonight.o_in as
select distinct on (order_no) 1::smallint as shop_id, order_no, state, created, paid, completed, gross_fen, freight_fen,
  refunded_fen, item_count, buyer
from (
  select ltrim("订单编号", '=') as order_no,
    case "订单状态" when '等待买家付款' then 1 when '买家已付款，等待卖家发货' then 2 when '卖家已发货，等待买家确认' then 3
      when '交易成功' then 4 when '交易关闭' then 5 end::smallint as state,
    "订单创建时间"::timestamp as created, nullif("订单付款时间", '')::timestamp as paid,
    nullif("确认收货时间", '')::timestamp as completed, ("总金额"::numeric * 100)::bigint as gross_fen,
    ("买家应付邮费"::numeric * 100)::bigint as freight_fen, ("退款金额"::numeric * 100)::bigint as refunded_fen,
    "宝贝总数量"::integer as item_count, "买家会员名" as buyer
  from tonight.tmall_orders
) o
order by order_no, state desc, refunded_fen desc, paid is null, completed is null;

-- Receipts: sales make orders, returns are kept apart. The k-th of equal rows is told by its number.
create unlogged table tonight.scan as
select to_char(at, 'YYYYMMDD') || '-' || till || '-' || receipt as order_no, kh, at, sku, qty, price_fen, amount_fen,
  sku || '#' || lpad(price_fen::text, 10, '0') || case when amount_fen < 0 then '#R' else '#' end
    || lpad(row_number() over (partition by at::date, till, receipt, sku, price_fen, amount_fen < 0 order by abs(amount_fen))::text, 3, '0')
    as line
from (
  select kh, dtime::timestamp as at, spbm as sku, sl::integer as qty, (sj::numeric * 100)::bigint as price_fen,
    (je::numeric * 100)::bigint as amount_fen, syjh as till, djh as receipt
  from tonight.till
) s;
insert into tonight.o_in
select 2, order_no, 4, min(at), min(at), min(at), sum(amount_fen), 0, 0, null, min(kh)
from tonight.scan where amount_fen >= 0
group by order_no;

insert into tonight.o_in
select 3, trim(both E' \t' from "主订单编号"),
  min(case "订单状态" when '待支付' then 1 when '备货中' then 2 when '已发货' then 3 when '已完成' then 4 when '已关闭' then 5 end),
  min("订单提交时间"::timestamp), min(nullif("支付完成时间", '-')::timestamp), min(nullif("订单完成时间", '-')::timestamp),
  sum((("订单应付金额"::numeric - "运费"::numeric) * 100)::bigint), 0, 0, null, null
from tonight.douyin
group by 2;
analyze tonight.o_in;

-- session
create unlogged table tonight.l_in as
select distinct on (order_no, line) 1::smallint as shop_id, order_no, line, sku, qty, price_fen, due_fen, state,
  refund_state, refunded_fen
from (
  select ltrim("主订单编号", '=') as order_no, ltrim("子订单编号", '=') as line, "商家编码" as sku, "购买数量"::integer as qty,
    ("价格"::numeric * 100)::bigint as price_fen, ("买家应付货款"::numeric * 100)::bigint as due_fen,
    case "订单状态" when '等待买家付款' then 1 when '买家已付款，等待卖家发货' then 2 when '卖家已发货，等待买家确认' then 3
      when '交易成功' then 4 when '交易关闭' then 5 end::smallint as state,
    case "退款状态" when '没有申请退款' then 0 when '退款成功' then 3 when '退款关闭' then 2 else 1 end::smallint as refund_state,
    ("退款金额"::numeric * 100)::bigint as refunded_fen
  from tonight.tmall_lines
) l
order by order_no, line, refund_state desc, refunded_fen desc, state desc;

-- session
select 1;
