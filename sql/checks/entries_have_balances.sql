-- invariant: every member with an entry of the night has a balance of the night
-- scope: night
-- params: :night date
select distinct e.member_id
from entry_n{night} e
where not exists (select 1 from balance_n{night} n where n.member_id = e.member_id);
