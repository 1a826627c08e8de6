-- invariant: every order of the work set was looked at and put into an accounting class
-- scope: night
-- params: :night date, :previous date
select t.order_key, count(*) as causes
from touched t
join sales_order s using (order_key)
where t.night > :previous and t.night <= :night
  and not exists (select 1 from order_n{night} o where o.order_key = t.order_key)
group by t.order_key;
