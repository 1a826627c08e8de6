-- invariant: no entry moves nothing; RELEASE changes no sum, other kinds move nothing else; merges cancel out
-- scope: night
-- params: :night date
select member_id, n, kind, points, moved
from entry_n{night}
where (kind = 'RELEASE' and (points <> 0 or moved <= 0)) or (kind <> 'RELEASE' and (points = 0 or moved <> 0))
union all
select '', null, 'MERGE', sum(points), 0
from entry_n{night}
where kind = 'MERGE'
having sum(points) <> 0;
