-- invariant: every order of the work set was looked at and put into an accounting class
-- scope: night
-- params: :night date
select t.order_key
from work_n{night} t
join sales_order s using (order_key)
where not exists (select 1 from order_n{night} o where o.order_key = t.order_key);
