-- invariant: what the night took and gave back of redemptions is what its entries say, never more given back than taken
-- scope: night
-- params: :night date
-- why: A request that was granted took no point that was not there, and one that was refused took nothing.
select coalesce(r.request_no, e.request_no) as request_no, r.taken, e.taken as entries_taken, r.back, e.back as entries_back
from (
  select n.request_no, n.redeemed - coalesce(b.redeemed, 0) as taken, n.restored - coalesce(b.restored, 0) as back
  from redeemed_n{night} n left join redeemed b using (request_no)
) r
full join (
  select cause_key as request_no, coalesce(-sum(points) filter (where kind = 'REDEEM'), 0) as taken,
    coalesce(sum(points) filter (where kind = 'RESTORE'), 0) as back
  from entry_n{night}
  where cause_type = 'REDEMPTION'
  group by cause_key
) e using (request_no)
where coalesce(r.taken, 0) <> coalesce(e.taken, 0) or coalesce(r.back, 0) <> coalesce(e.back, 0)
union all
select request_no, redeemed, null, restored, null
from redeemed_n{night}
where restored < 0 or restored > redeemed or (outcome = 'REFUSED' and redeemed <> 0)
  or (mode = 'REQUESTED' and owed <> 0) or (refusal is not null and outcome = 'GRANTED');
