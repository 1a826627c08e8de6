-- invariant: what is gone of an item is what was handed out of it less what was cancelled
-- scope: full
-- params: none
select coalesce(t.item, r.item) as item, t.taken, r.qty
from item_taken t
full join (
  select item, sum(qty) filter (where cancelled_night is null) as qty
  from redeemed
  where outcome in ('GRANTED', 'BOOKED')
  group by item
) r on r.item = t.item
where coalesce(t.taken, 0) <> coalesce(r.qty, 0);
