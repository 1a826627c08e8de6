-- Awards, releases, clawbacks, expiry. A lot is released at the start of its day, so clawbacks of the night meet it
-- released; they take their own lot first. Members for whom that is not enough (a return without a sale, a debt that a
-- release repays, an own lot with too little left) are worked through one event after the other.

create unlogged table tonight.pend as
select p.member_id, p.shop_id, p.order_id, p.line, p.points, p.remaining, p.night, p.earned_at,
  coalesce(d.completed::date + 1, p.available_on) as available_on, coalesce(d.open, p.open) as open,
  null::bigint as earn_id
from pending p left join tonight.decided d on d.known and d.order_id = p.order_id and d.line = p.line
union all
select member_id, shop_id, order_id, line, earn_now - earned, earn_now - earned, '{night}', paid, completed::date + 1, open,
  nextval('entry_seq')
from tonight.decided where earn_now > earned;
create unlogged table tonight.release as
select *, nextval('entry_seq') as entry_id, available_on + 364 as expires_on from tonight.pend
where available_on <= '{night}' and not open and remaining > 0;
analyze tonight.pend;
analyze tonight.release;

-- Clawbacks of lines: of the night's last second, those of the till at the time of each return.
create unlogged table tonight.claw as
select nextval('entry_seq') as entry_id, order_id, line, member_id, shop_id, timestamp '{night} 23:59:59' as at,
  (claw_now - clawed)::bigint as points
from tonight.decided where claw_now > clawed and shop_id <> 2
union all
select nextval('entry_seq'), order_id, line, member_id, shop_id, at, target - before
from (
  select order_id, line, member_id, shop_id, at, target,
    coalesce(lag(target) over (partition by order_id, line order by at), clawed) as before
  from (
    select d.order_id, d.line, d.member_id, d.shop_id, d.clawed, m.at,
      base_fen / 100 - (base_fen - least(base_fen, d.refunded_fen
        - (sum(m.amount_fen) over (partition by d.order_id, d.line))::bigint
        + (sum(m.amount_fen) over (partition by d.order_id, d.line order by m.at))::bigint)) / 100 as target
    from tonight.decided d
    join (select order_id, line, at, sum(amount_fen)::bigint as amount_fen from tonight.matched group by order_id, line, at) m
      using (order_id, line)
    where d.member_id is not null
  ) t
) s
where target > before;
analyze tonight.claw;

-- Their own lots, wherever they lie.
create unlogged table tonight.own as
select c.order_id, c.line, 0 as place, p.remaining, 0::bigint as expired
from (select distinct order_id, line from tonight.claw) c join tonight.pend p using (order_id, line)
where not exists (select 1 from tonight.release r where r.order_id = p.order_id and r.line = p.line)
union all
select c.order_id, c.line, 1, r.remaining, 0
from (select distinct order_id, line from tonight.claw) c join tonight.release r using (order_id, line)
union all
select c.order_id, c.line, 2, l.remaining, l.expired
from (select distinct order_id, line from tonight.claw) c join lot l using (order_id, line);
analyze tonight.own;
do $$ begin
  if exists (select 1 from tonight.own where expired > 0) then
    raise 'a clawback reaches into a lot that expired';
  end if;
end $$;

create unlogged table tonight.careful as
select member_id from tonight.orphan where amount_fen >= 100
union
select r.member_id from debt d join tonight.release r using (member_id) where d.owed > 0
union
select c.member_id
from (select order_id, line, member_id, sum(points) as points from tonight.claw group by order_id, line, member_id) c
join tonight.own o using (order_id, line)
where c.points > o.remaining;
analyze tonight.careful;

-- kind: 1 debit, 2 repayment, 3 expiry; account: where the points lay.
create unlogged table tonight.alloc (
  entry_id bigint not null, kind smallint not null, order_id bigint not null, line text not null, points bigint not null,
  place smallint not null, shop_id smallint not null, member_id integer not null);
create unlogged table tonight.owe (
  entry_id bigint primary key, member_id integer not null, shop_id smallint not null, effective_at timestamp not null,
  before bigint not null, owed bigint not null);

insert into tonight.alloc
select c.entry_id, 1, c.order_id, c.line, c.points, o.place, c.shop_id, c.member_id
from tonight.claw c join tonight.own o using (order_id, line)
where not exists (select 1 from tonight.careful x where x.member_id = c.member_id);

-- The others: their lots, their debts, their events in order.
create unlogged table tonight.work as
select p.member_id, p.shop_id, p.order_id, p.line, p.remaining, p.night, p.earned_at, p.available_on,
  p.available_on + 364 as expires_on, s.channel, s.shop, o.order_no,
  case when r.order_id is null then 0 else 1 end::smallint as place, false as usable
from tonight.careful c join tonight.pend p using (member_id)
join shop s using (shop_id)
join orders o using (order_id)
left join tonight.release r on r.order_id = p.order_id and r.line = p.line
where p.remaining > 0
union all
select l.member_id, l.shop_id, l.order_id, l.line, l.remaining, l.night, l.earned_at, l.available_on, l.expires_on, s.channel,
  s.shop, o.order_no, 2, true
from tonight.careful c join lot l using (member_id)
join shop s using (shop_id)
join orders o using (order_id)
where l.remaining > 0;
create index on tonight.work (member_id);
analyze tonight.work;
insert into tonight.owe
select d.entry_id, d.member_id, d.shop_id, d.effective_at, d.owed, d.owed
from debt d join tonight.careful using (member_id) where d.owed > 0;
create index on tonight.owe (member_id);

create unlogged table tonight.event as
select r.member_id, r.available_on::timestamp as at, 0 as rank, s.channel, s.shop, o.order_no, r.line, r.shop_id, r.order_id,
  r.entry_id, r.remaining as points
from tonight.careful c join tonight.release r using (member_id) join orders o using (order_id) join shop s on s.shop_id = r.shop_id
union all
select w.member_id, w.at, 2, s.channel, s.shop, o.order_no, w.line, w.shop_id, w.order_id, w.entry_id, w.points
from tonight.careful c join tonight.claw w using (member_id) join orders o using (order_id) join shop s on s.shop_id = w.shop_id
union all
select h.member_id, h.at, 2, 'pos', 'BLOOM', h.order_no, h.line, 2::smallint, null, nextval('entry_seq'), h.amount_fen / 100
from tonight.orphan h where h.amount_fen >= 100;

do $$
declare
  e record;
  l record;
  d record;
  rest bigint;
  part bigint;
begin
  for e in select * from tonight.event order by member_id, at, rank, channel, shop, order_no, line loop
    if e.rank = 0 then
      update tonight.work set usable = true where member_id = e.member_id and order_id = e.order_id and line = e.line
        returning remaining, expires_on into l;
      rest := l.remaining;
      for d in select * from tonight.owe where member_id = e.member_id and owed > 0 order by effective_at, entry_id loop
        exit when rest = 0;
        continue when d.effective_at::date > l.expires_on;
        part := least(rest, d.owed);
        rest := rest - part;
        update tonight.owe set owed = owed - part where entry_id = d.entry_id;
        update tonight.work set remaining = remaining - part
          where member_id = e.member_id and order_id = e.order_id and line = e.line;
        insert into tonight.alloc values (d.entry_id, 2, e.order_id, e.line, part, 1, e.shop_id, e.member_id);
      end loop;
    else
      rest := e.points;
      for l in
        select w.* from tonight.work w
        where w.member_id = e.member_id and w.remaining > 0
          and ((w.order_id = e.order_id and w.line = e.line) or (w.usable and w.expires_on >= e.at::date))
        order by w.order_id = e.order_id and w.line = e.line and e.order_id is not null desc, w.expires_on, w.available_on,
          w.night, w.earned_at, w.channel, w.shop, w.order_no, w.line
      loop
        exit when rest = 0;
        part := least(rest, l.remaining);
        rest := rest - part;
        update tonight.work set remaining = remaining - part
          where member_id = e.member_id and order_id = l.order_id and line = l.line;
        insert into tonight.alloc values (e.entry_id, 1, l.order_id, l.line, part, l.place, l.shop_id, e.member_id);
      end loop;
      if rest > 0 then
        insert into tonight.owe values (e.entry_id, e.member_id, e.shop_id, e.at, 0, rest);
      end if;
    end if;
  end loop;
end $$;
analyze tonight.alloc;

create unlogged table tonight.taken as
select order_id, line, place, sum(points)::bigint as points from tonight.alloc group by order_id, line, place;
analyze tonight.taken;
update lot l set remaining = l.remaining - t.points
from tonight.taken t
where t.place = 2 and l.order_id = t.order_id and l.line = t.line;

-- The night's lots, as a table of their own that has its indexes built at the end.
create table lot_{n} as
select date '{night}' as released, r.member_id, r.shop_id, r.order_id, r.line, r.points, r.remaining - coalesce(t.points, 0) as remaining,
  0::bigint as expired, r.night, r.earned_at, r.available_on, r.expires_on
from tonight.release r left join tonight.taken t on t.place = 1 and t.order_id = r.order_id and t.line = r.line;
alter table lot_{n} alter released set not null, alter member_id set not null, alter shop_id set not null,
  alter order_id set not null, alter line set not null, alter points set not null, alter remaining set not null,
  alter expired set not null, alter night set not null, alter earned_at set not null, alter available_on set not null,
  alter expires_on set not null, add primary key (order_id, line), add check (released = date '{night}');
create index on lot_{n} (member_id);
create index on lot_{n} (expires_on);
alter table lot attach partition lot_{n} for values in ('{night}');

-- What expires tonight.
create unlogged table tonight.dead as
select l.member_id, l.shop_id, l.order_id, l.line, l.remaining, l.expires_on from lot l
where l.expires_on <= '{night}' and l.remaining > 0;
analyze tonight.dead;
create unlogged table tonight.expire as
select nextval('entry_seq') as entry_id, member_id, expires_on, points
from (select member_id, expires_on, sum(remaining)::bigint as points from tonight.dead group by member_id, expires_on) d;
update lot l set remaining = 0, expired = l.expired + d.remaining
from tonight.dead d where l.order_id = d.order_id and l.line = d.line;
insert into tonight.alloc
select e.entry_id, 3, d.order_id, d.line, d.remaining, 2, d.shop_id, d.member_id
from tonight.dead d join tonight.expire e using (member_id, expires_on);

-- What stays pending.
create table pending_next (like pending);
insert into pending_next
select p.member_id, p.shop_id, p.order_id, p.line, p.points, p.remaining - coalesce(t.points, 0), p.night, p.earned_at,
  p.available_on, p.open
from tonight.pend p
left join tonight.taken t on t.place = 0 and t.order_id = p.order_id and t.line = p.line
where not (p.available_on <= '{night}' and not p.open) is true and p.remaining > coalesce(t.points, 0);
drop table pending;
alter table pending_next rename to pending;

update debt k set owed = o.owed from tonight.owe o where o.before > 0 and k.entry_id = o.entry_id;
insert into debt select entry_id, member_id, shop_id, effective_at, owed from tonight.owe where before = 0;
