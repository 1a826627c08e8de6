-- invariant: what one member gives another gets, and nothing of it is owed
-- scope: night
-- params: :night date
with moved as (
  select cause_key, -sum(points) filter (where points < 0) as given, sum(points) filter (where points > 0) as received
  from entry_n{night}
  where cause_type = 'TRANSFER'
  group by cause_key
), taken as (
  select e.cause_key, sum(a.points) as points
  from entry_n{night} e
  join allocation_n{night} a on a.debit_night = e.night and a.debit_member = e.member_id and a.debit_n = e.n
  where e.cause_type = 'TRANSFER' and e.points < 0
  group by e.cause_key
)
select m.cause_key as transfer_no, m.given, m.received, t.points as taken
from moved m
left join taken t using (cause_key)
where m.given is distinct from m.received or m.given is distinct from t.points;
