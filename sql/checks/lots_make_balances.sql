-- invariant: pending and available of every touched account are the sums over its lots, owed the sum over its debts
-- scope: night
-- params: :night date
with account as (
  select n.member_id, n.pending, n.available, n.owed, n.member_id as birth
  from balance_n{night} n
  join member k on k.member_id = n.member_id and k.merged_into is null
  union all
  select n.member_id, n.pending, n.available, n.owed, m.member_id
  from balance_n{night} n
  join member m on m.merged_into = n.member_id
), lots as (
  select member_id,
    coalesce(sum(remaining) filter (where available_on is null), 0) as pending,
    coalesce(sum(remaining) filter (where available_on is not null), 0) as available
  from (
    select a.member_id, coalesce(s.remaining, l.remaining) as remaining, coalesce(s.available_on, l.available_on) as available_on
    from account a
    join lot l on l.member_id = a.birth
    left join lot_state_n{night} s on s.lot_night = l.night and s.lot_member = l.member_id and s.lot_n = l.n
    union all
    select a.member_id, l.remaining, l.available_on
    from account a
    join lot_n{night} l on l.member_id = a.birth
  ) l
  group by member_id
), debts as (
  select member_id, sum(owed) as owed
  from (
    select a.member_id, coalesce(s.owed, d.owed) as owed
    from account a
    join debt d on d.debit_member = a.birth
    left join debt_n{night} s using (debit_night, debit_member, debit_n)
    union all
    select a.member_id, s.owed
    from account a
    join debt_n{night} s on s.debit_member = a.birth
    where not exists (
      select 1 from debt d
      where (d.debit_night, d.debit_member, d.debit_n) = (s.debit_night, s.debit_member, s.debit_n))
  ) d
  group by member_id
)
select distinct a.member_id, a.pending, l.pending as lots_pending, a.available, l.available as lots_available, a.owed,
  d.owed as debts_owed
from account a
left join lots l on l.member_id = a.member_id
left join debts d on d.member_id = a.member_id
where a.pending <> coalesce(l.pending, 0) or a.available <> coalesce(l.available, 0) or a.owed <> coalesce(d.owed, 0);
