-- invariant: every allocation of the night names a lot whose new state the night wrote
-- scope: night
-- params: :night date
select a.lot_night, a.lot_member, a.lot_n, sum(a.points) as points
from allocation_n{night} a
where not exists (
    select 1 from lot_state_n{night} s
    where s.lot_night = a.lot_night and s.lot_member = a.lot_member and s.lot_n = a.lot_n)
  and not exists (
    select 1 from lot_n{night} l where l.night = a.lot_night and l.member_id = a.lot_member and l.n = a.lot_n)
group by a.lot_night, a.lot_member, a.lot_n
having sum(a.points) <> 0;
