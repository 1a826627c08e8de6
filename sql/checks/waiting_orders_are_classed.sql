-- invariant: the orders that wait are those of the classes UNATTRIBUTED and INCOMPLETE, and every class break counts its own
-- scope: full
-- params: none
select coalesce(w.order_key, s.order_key)::text as waiting, w.class as waits, s.class, w.would_be_points, s.would_be_points as points
from waiting_order w
full join (
  select s.order_key, s.class, s.would_be_points
  from verdict s
  where s.class = 'INCOMPLETE'
    or s.class = 'UNATTRIBUTED' and not (
      s.ticket
      and not exists (select 1 from order_token t where t.order_key = s.order_key)
      and not exists (select 1 from order_claim c where c.order_key = s.order_key))
) s using (order_key)
where w.class is distinct from s.class or w.would_be_points is distinct from s.would_be_points
union all
select b.id, b.type, w.class, b.points, w.points
from (select * from break where orders > 0) b
full join (
  select class, channel, shop, since, count(*) as orders, sum(would_be_points)::bigint as points
  from waiting_order
  group by class, channel, shop, since
) w on w.class = b.type and w.channel = b.channel and w.shop = b.shop and w.since = b.first_night
where b.orders is distinct from w.orders or b.points is distinct from w.points;
