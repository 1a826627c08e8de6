-- invariant: pending and available of an account are the sums over its lots, owed the sum over its debts (one share of the members a night)
-- scope: rolling
-- params: :member_from text, :member_to text
select account as member_id, sum(pending) as pending_too_much, sum(available) as available_too_much, sum(owed) as owed_too_much
from (
  select member_id as account, pending, available, owed from balance
  where member_id >= :member_from and member_id < :member_to
  union all
  select b.account, case when l.available_on is null then -l.remaining else 0 end,
    case when l.available_on is null then 0 else -l.remaining end, 0
  from closed_account b join lot l using (member_id)
  where b.account >= :member_from and b.account < :member_to and l.remaining > 0
  union all
  select b.account, 0, 0, -d.owed
  from closed_account b join debt d on d.debit_member = b.member_id
  where b.account >= :member_from and b.account < :member_to
) t
group by account
having sum(pending) <> 0 or sum(available) <> 0 or sum(owed) <> 0;
