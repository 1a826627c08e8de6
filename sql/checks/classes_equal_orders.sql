-- invariant: the orders per accounting class that the closes carry forward are the orders there are
-- scope: full
-- params: none
select channel, shop, class, t.orders as carried, o.orders
from (
  select channel, shop, class, orders from order_class_total where night = (select max(night) from close)
) t
full join (
  select s.channel, s.shop, v.class, count(*) as orders
  from verdict v join sales_order s using (order_key, first_night)
  group by s.channel, s.shop, v.class
) o using (channel, shop, class)
where coalesce(t.orders, 0) <> coalesce(o.orders, 0);
