-- invariant: pending and available of every touched account changed as its lots did, owed as its debts did
-- scope: night
-- params: :night date
-- why: Sums of signed rows, one pass over each table of the night; that lots were what they are told to have been close asks of each that it changes; what was left of all lots before is what the last close proved, and a share of the members a night proves it anew (balances_equal_lots).
select coalesce(m.merged_into, m.member_id) as member_id, sum(t.pending) as pending_too_much, sum(t.available) as available_too_much,
  sum(t.owed) as owed_too_much
from (
  select member_id, pending, available, owed from balance_n{night}
  union all
  select b.member_id, -b.pending, -b.available, -b.owed from balance_n{night} n join balance b using (member_id)
  union all
  select member_id, case when available_on is null then -remaining else 0 end,
    case when available_on is null then 0 else -remaining end, 0
  from lot_n{night}
  union all
  select lot_member, case when available_on is null then -remaining else 0 end,
    case when available_on is null then 0 else -remaining end, 0
  from lot_state_n{night}
  union all
  select lot_member, case when was_available_on is null then was_remaining else 0 end,
    case when was_available_on is null then 0 else was_remaining end, 0
  from lot_state_n{night}
  union all
  select debit_member, 0, 0, -owed from debt_n{night}
  union all
  select d.debit_member, 0, 0, d.owed from debt_n{night} s join debt d using (debit_night, debit_member, debit_n)
) t
join member m on m.member_id = t.member_id
group by coalesce(m.merged_into, m.member_id)
having sum(t.pending) <> 0 or sum(t.available) <> 0 or sum(t.owed) <> 0;
