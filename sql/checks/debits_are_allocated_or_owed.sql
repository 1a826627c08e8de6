-- invariant: what the night debited (net of what it gave back) is allocated to lots or owed
-- scope: night
-- params: :night date
-- why: Per account: -(points of debits, falling EARN, OPENING and TRANSFER, RESTORE, FORFEIT, WRITE_OFF, ADJUST that opens no lot) = allocated + change of owed; GRACE is no debit.
with debited as (
  select coalesce(m.merged_into, m.member_id) as member_id, -sum(e.points) as points
  from entry_n{night} e join member m using (member_id)
  where e.kind in ('CLAWBACK', 'EXPIRE', 'REDEEM', 'RESTORE', 'FORFEIT', 'WRITE_OFF') or (e.kind in ('EARN', 'OPENING', 'TRANSFER') and e.points < 0)
    or (e.kind = 'ADJUST' and not exists (
      select 1 from lot_n{night} l where l.night = e.night and l.member_id = e.member_id and l.n = e.n))
  group by 1
), allocated as (
  select coalesce(m.merged_into, m.member_id) as member_id, sum(a.points) as points
  from allocation_n{night} a join member m using (member_id)
  where a.kind <> 'GRACE'
  group by 1
), owed as (
  select coalesce(m.merged_into, m.member_id) as member_id, sum(s.owed - coalesce(d.owed, 0)) as points
  from debt_n{night} s
  join member m on m.member_id = s.debit_member
  left join debt d using (debit_night, debit_member, debit_n)
  group by 1
)
select member_id, d.points as debited, a.points as allocated, o.points as owed
from debited d
full join allocated a using (member_id)
full join owed o using (member_id)
where coalesce(d.points, 0) <> coalesce(a.points, 0) + coalesce(o.points, 0);
