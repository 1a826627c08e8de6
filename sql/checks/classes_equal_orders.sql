-- invariant: the orders per accounting class that the closes carry forward, and their money, are the orders there are
-- scope: full
-- params: none
select channel, shop, class, t.orders as carried, o.orders, t.base_fen as carried_fen, o.base_fen,
  t.refund_fen as carried_refund_fen, o.refund_fen
from (
  select channel, shop, class, orders, base_fen, refund_fen from order_class_total where night = (select max(night) from close)
) t
full join (
  select s.channel, s.shop, v.class, count(*) as orders, sum(v.base_fen) as base_fen,
    sum(v.goods_refund_fen) as refund_fen
  from verdict v join sales_order s using (order_key, first_night)
  group by s.channel, s.shop, v.class
) o using (channel, shop, class)
where coalesce(t.orders, 0) <> coalesce(o.orders, 0) or coalesce(t.base_fen, 0) <> coalesce(o.base_fen, 0)
  or coalesce(t.refund_fen, 0) <> coalesce(o.refund_fen, 0);
