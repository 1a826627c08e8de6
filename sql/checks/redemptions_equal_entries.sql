-- invariant: what redemptions say they took and gave back is what their entries add up to, since the first night
-- scope: full
-- params: none
select coalesce(r.request_no, e.request_no) as request_no, r.redeemed, e.redeemed as entries_redeemed, r.restored,
  e.restored as entries_restored
from redeemed r
full join (
  select cause_key as request_no, coalesce(-sum(points) filter (where kind = 'REDEEM'), 0) as redeemed,
    coalesce(sum(points) filter (where kind = 'RESTORE'), 0) as restored
  from entry
  where cause_type = 'REDEMPTION'
  group by cause_key
) e using (request_no)
where coalesce(r.redeemed, 0) <> coalesce(e.redeemed, 0) or coalesce(r.restored, 0) <> coalesce(e.restored, 0)
  or r.restored > r.redeemed;
