-- invariant: a lot is available if and only if it was released, on the same dates (one share of the buckets a night)
-- scope: rolling
-- params: :bucket_from int, :bucket_to int
select l.night, l.member_id, l.n, l.available_on, r.available_on as released_on, l.expires_on, r.expires_on as released_until
from lot l
left join lot_release r on r.lot_night = l.night and r.lot_member = l.member_id and r.lot_n = l.n
where l.bucket between :bucket_from and :bucket_to
  and (l.available_on is distinct from r.available_on or l.expires_on is distinct from r.expires_on);
