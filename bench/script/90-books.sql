-- The entries and allocations of the night as tables of their own, balances, and what it all adds up to by shop.

-- session
create table entry_{n} as
select earn_id as entry_id, date '{night}' as night, member_id, 1::smallint as kind, points, 0::bigint as moved,
  earned_at as effective_at, shop_id, order_id, line, null::text as cause
from tonight.pend where earn_id is not null
union all
select entry_id, '{night}', member_id, 2::smallint, 0, remaining, available_on, shop_id, order_id, line, null from tonight.release
union all
select entry_id, '{night}', member_id, 3::smallint, -points, 0, at, shop_id, order_id, line, null from tonight.claw
union all
select entry_id, '{night}', member_id, 3::smallint, -points, 0, at, shop_id, null, null, order_no || '/' || line
from tonight.event where order_id is null
union all
select entry_id, '{night}', member_id, 4::smallint, -points, 0, expires_on + time '23:59:59', null, null, null, expires_on::text
from tonight.expire;
alter table entry_{n} alter entry_id set not null, alter night set not null, alter member_id set not null,
  alter kind set not null, alter points set not null, alter moved set not null, alter effective_at set not null,
  add primary key (entry_id), add check (night = date '{night}');
create index on entry_{n} (member_id);
alter table entry attach partition entry_{n} for values in ('{night}');

create unlogged table tonight.delta as
select member_id, sum(pending)::bigint as pending, sum(available)::bigint as available, sum(owed)::bigint as owed,
  sum(earned)::bigint as earned, sum(clawed)::bigint as clawed, sum(expired)::bigint as expired
from (
  select member_id, case kind when 1 then points when 2 then -moved else 0 end as pending,
    case kind when 2 then moved else 0 end as available, 0::bigint as owed,
    case kind when 1 then points else 0 end as earned, case kind when 3 then -points else 0 end as clawed,
    case kind when 4 then -points else 0 end as expired
  from entry_{n}
  union all
  select member_id, case place when 0 then -points else 0 end, case place when 0 then 0 else -points end, 0, 0, 0, 0
  from tonight.alloc
  union all
  select member_id, 0, 0, owed - before, 0, 0, 0 from tonight.owe
) m
group by member_id;
analyze tonight.delta;
update balance b
set pending = b.pending + d.pending, available = b.available + d.available, owed = b.owed + d.owed,
  earned = b.earned + d.earned, clawed = b.clawed + d.clawed, expired = b.expired + d.expired
from tonight.delta d where d.member_id = b.member_id;
insert into balance
select d.* from tonight.delta d where not exists (select 1 from balance b where b.member_id = d.member_id)
order by d.member_id;

-- session
create table allocation_{n} as
select date '{night}' as night, entry_id, kind, order_id, line, points from tonight.alloc;
alter table allocation_{n} alter night set not null, alter entry_id set not null, alter kind set not null,
  alter order_id set not null, alter line set not null, alter points set not null, add check (night = date '{night}');
create index on allocation_{n} (entry_id);
create index on allocation_{n} (order_id, line);
alter table allocation attach partition allocation_{n} for values in ('{night}');

insert into liability
select '{night}', s.shop_id, a.account, coalesce(b.closing, 0), coalesce(t.issued, 0), coalesce(t.released, 0),
  coalesce(t.clawed_back, 0), coalesce(t.expired, 0), coalesce(t.repaid, 0),
  coalesce(b.closing, 0) + coalesce(t.issued, 0) + coalesce(t.released, 0) + coalesce(t.clawed_back, 0)
    + coalesce(t.expired, 0) + coalesce(t.repaid, 0)
from shop s cross join unnest(array['pending', 'available', 'owed']) as a (account)
left join (
  select shop_id, account, sum(points) filter (where movement = 1) as issued,
    sum(points) filter (where movement = 2) as released, sum(points) filter (where movement = 3) as clawed_back,
    sum(points) filter (where movement = 4) as expired, sum(points) filter (where movement = 5) as repaid
  from (
    select shop_id, 'pending' as account, 1 as movement, sum(points) as points
    from tonight.pend where earn_id is not null group by shop_id
    union all
    select shop_id, unnest(array['pending', 'available']), 2, unnest(array[-sum(remaining), sum(remaining)])
    from tonight.release group by shop_id
    union all
    select shop_id, case place when 0 then 'pending' else 'available' end,
      case kind when 1 then 3 when 2 then 5 else 4 end, -points
    from tonight.alloc
    union all
    select shop_id, 'owed', 3, -owed - coalesce(r.points, 0)
    from tonight.owe o
    left join (select entry_id, sum(points) as points from tonight.alloc where kind = 2 group by entry_id) r using (entry_id)
    where before = 0
    union all
    select o.shop_id, 'owed', 5, a.points from tonight.alloc a join tonight.owe o using (entry_id) where a.kind = 2
  ) m
  group by shop_id, account
) t on t.shop_id = s.shop_id and t.account = a.account
left join liability b on b.night = date '{night}' - 1 and b.shop_id = s.shop_id and b.account = a.account;
