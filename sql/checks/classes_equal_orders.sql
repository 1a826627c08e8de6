-- invariant: the orders per accounting class that the closes carry forward are the orders there are
-- scope: full
-- params: none
select channel, shop, class, t.orders as carried, o.orders
from (
  select channel, shop, class, orders from order_class_total where night = (select max(night) from close)
) t
full join (
  select channel, shop, class, count(*) as orders from sales_order where class <> '' group by channel, shop, class
) o using (channel, shop, class)
where coalesce(t.orders, 0) <> coalesce(o.orders, 0);
