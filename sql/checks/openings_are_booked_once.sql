-- invariant: a member is opened once per channel, by what its combine rule says, with the entry it names
-- scope: night
-- params: :night date
select o.channel, o.member_id, o.combine, o.theirs, o.ours, o.points, e.points as entry_points
from opening_n{night} o
left join entry_n{night} e on e.night = o.night and e.member_id = o.member_id and e.n = o.n
where o.points <> coalesce(e.points, 0) or (o.n is not null and coalesce(e.kind, '') <> 'OPENING')
  or o.points <> case o.combine when 'SUM' then o.theirs when 'THEIRS' then o.theirs - o.ours when 'OURS' then 0
    else greatest(0, o.theirs - o.ours) end
union all
select e.channel, e.member_id, '', null, null, null, e.points
from entry_n{night} e
where e.kind = 'OPENING' and not exists (
    select 1 from opening_n{night} o where o.member_id = e.member_id and o.night = e.night and o.n = e.n)
union all
select o.channel, o.member_id, o.combine, o.theirs, o.ours, o.points, null
from opening_n{night} o
where exists (
    select 1 from opening b join member m on m.member_id = b.member_id
    where b.channel = o.channel and coalesce(m.merged_into, m.member_id) = o.member_id)
union all
select channel, member_id, '', null, null, count(*), null
from opening_n{night}
group by channel, member_id
having count(*) > 1;
