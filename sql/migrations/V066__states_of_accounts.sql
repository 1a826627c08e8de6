-- Who may freeze and close accounts is judged once, in the night that knows whom a row is about.
alter table own_row add column signed boolean;   -- by two of the head office; null where nobody has to, or it waits

drop view account_state;

-- The same member and moment is told once; what nobody signed counts for nothing.
create view account_state as
select key, night, known_night, due_on, member_id, as_of as at, says ->> 'state' as state, says ->> 'reason' as reason,
  says ->> 'requested_by' as requested_by, says ->> 'approved_by' as approved_by, coalesce(signed, false) as signed,
  file, sha256, source_row
from own_row where document = 'account_state';

-- What counts for whom: what is said of a member counts for those who merged with him before it was known, too.
-- grain: one row per (birth id, change)
create view birth_state as
select s.member_id as birth, coalesce(r.merged_into, r.member_id) as account, s.at, s.state, s.due_on
from account_state s join member r on r.member_id = s.member_id
where s.signed
union all
select b.member_id, b.member_id, s.at, s.state, s.due_on
from member b join member r on r.merged_into = b.member_id join account_state s on s.member_id = r.member_id
where s.signed and s.due_on >= r.merged_night
union all
select b.member_id, b.merged_into, s.at, s.state, s.due_on
from member b join account_state s on s.member_id = b.merged_into
where s.signed and s.due_on >= b.merged_night
union all
select b.member_id, b.merged_into, s.at, s.state, s.due_on
from member b join member r on r.merged_into = b.merged_into join account_state s on s.member_id = r.member_id
where s.signed and r.member_id <> b.member_id and s.due_on >= greatest(b.merged_night, r.merged_night);
