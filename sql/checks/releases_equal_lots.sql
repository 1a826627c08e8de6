-- invariant: a lot is available if and only if it was released, on the same dates (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
select l.night, l.member_id, l.n, l.available_on, r.available_on as released_on, l.expires_on, r.expires_on as released_until
from lot l
left join (
  select * from lot_release where lot_member >= :member_from and lot_member < :member_to
) r on r.lot_night = l.night and r.lot_member = l.member_id and r.lot_n = l.n
where l.member_id >= :member_from and l.member_id < :member_to
  and (l.available_on is distinct from r.available_on or l.expires_on is distinct from r.expires_on);
