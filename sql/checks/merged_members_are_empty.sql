-- invariant: a member that merged tonight holds nothing, and its survivor lives
-- scope: night
-- params: :night date
select m.member_id, m.merged_into, n.pending, n.available, n.owed
from member m
left join balance_n{night} n on n.member_id = m.member_id
left join member s on s.member_id = m.merged_into
where m.merged_night = :night
  and (n.member_id is null or n.pending <> 0 or n.available <> 0 or n.owed <> 0 or s.member_id is null
    or s.merged_into is not null);
