-- What joining, a date and top-ups are worth: decided beside the orders, handed to member space as if orders gave it.
-- grain: occasion_n one row per occasion and member that is looked at
-- writes: the night's own tables
-- params: :night date, :previous date, :zone text, :standings_ask boolean, :rates_ask boolean
-- cost: nothing where no rule answers to them. Top-ups by due_on of own documents and by their number; members by the night's
--   member rows; of a date all living members, once

-- name: create_occasion
-- asked_at: for what time conditions and windows are asked; fresh: no night has decided it; award: only that one, null: all;
-- revoked_at: when what it gave goes back, null: it stays
create table occasion_n{night} (
  member_id text collate "C" not null, kind text not null, number text collate "C" not null, at timestamptz not null,
  asked_at timestamptz not null, shop text, fen bigint not null, refunds text not null, fresh boolean not null,
  award text collate "C", revoked_at timestamptz);

-- name: topups
-- Those of which something is told tonight. What went back adds up, and is never more than was paid or before it.
insert into occasion_n{night}
select coalesce(m.merged_into, m.member_id), 'TOPUP', t.topup_no, t.at, t.at, t.shop, t.principal_fen, coalesce(back.steps, ''),
  t.due_on > :previous
from (
  select split_part(key, '/', 1) as of from topup where due_on > :previous and due_on <= :night
  union
  -- what went back and then did not
  select split_part(key, '/', 1) from own_row
  where document = 'topup' and withdrawn = :night and says ->> 'event' = 'REFUND'
) told
cross join lateral (
  select * from topup x
  where x.key >= told.of || '/' and x.key < told.of || '0' and x.event = 'TOPUP'
    and x.due_on <= :night
  order by x.night
  limit 1
) t
join member m on m.member_id = t.member_id
left join lateral (
  select string_agg((extract(epoch from s.at) * 1000000)::bigint || ':' || least(s.fen, t.principal_fen), ' ' order by s.at) as steps
  from (
    select r.at, max(r.fen) as fen
    from (
      select greatest(x.at, t.at) as at,
        sum(x.principal_fen) over (order by greatest(x.at, t.at), x.key) as fen
      from topup x
      where x.key >= told.of || '/' and x.key < told.of || '0'
        and x.event = 'REFUND' and x.due_on <= :night
    ) r
    group by r.at
  ) s
) back on true;

-- name: members
-- Persons whose first member row is of tonight, also where an order had made them before; and those who were taken for somebody
-- else until tonight, as of the night that told of them first.
insert into occasion_n{night}
select n.member_id, 'MEMBER', n.member_id, n.told::timestamp at time zone :zone,
  coalesce(n.join_date, n.told)::timestamp at time zone :zone, null, 1, '', true
from (
  select coalesce(m.merged_into, m.member_id) as member_id, min(o.night) as told,
    (array_agg(o.join_date order by o.kind, t.shown, o.hash) filter (where o.join_date is not null))[1] as join_date
  from member_told o
  join token t on t.kind = o.kind and t.channel = '' and t.hash = o.hash and t.valid_to = 'infinity'
  join member m on m.member_id = t.member_id
  where o.night = :night or o.night < :night and m.birth_night = :night
  group by 1
) n
where n.told < :night or not exists (
  select 1
  from (
    select n.member_id as birth
    union all
    select m.member_id from member m where m.merged_into = n.member_id
  ) b
  join token t on t.member_id = b.birth and t.channel = ''
  join member_told o on o.kind = t.kind and o.hash = t.hash and o.night < :night);

-- name: merged
-- One person registers once: of two members that merged tonight the later award of a rule goes back when they were bound.
insert into occasion_n{night}
select g.member_id, 'MEMBER', g.number, g.given_at, g.given_at, null, 1, '', false, g.line_key, g.bound_at
from (
  select b.member_id, b.bound_at, e.line_key, left(e.cause_key, -position('#' in reverse(e.cause_key))) as number,
    min(e.effective_at) as given_at,
    row_number() over (
      partition by b.member_id, e.line_key
      order by min(e.effective_at), left(e.cause_key, -position('#' in reverse(e.cause_key)))) as n
  from (
    select a.member_id, a.member_id as birth, a.bound_at
    from (select merged_into as member_id, max(merged_at) as bound_at from member where merged_night = :night group by 1) a
    union all
    select a.member_id, m.member_id, a.bound_at
    from (select merged_into as member_id, max(merged_at) as bound_at from member where merged_night = :night group by 1) a
    join member m on m.merged_into = a.member_id
  ) b
  join entry e on e.member_id = b.birth and e.cause_type = 'MEMBER' and e.kind = 'EARN'
  group by 1, 2, 3, 4
  having sum(e.points) > 0
) g
where g.n > 1;

-- name: scheduled
-- Everybody, on the date of a rule.
insert into occasion_n{night}
select member_id, 'SCHEDULE', :night::date::text, :night::timestamp at time zone :zone, :night::timestamp at time zone :zone, null,
  1, '', true
from member
where merged_into is null;

-- name: analyze
analyze occasion_n{night};

-- name: occasions
-- With what is known of the member, for their own time.
select o.member_id, o.kind, o.number, o.at, o.asked_at, o.shop, o.fen, o.refunds, o.fresh, o.revoked_at,
  buyer.member_id as owner, buyer.home_shop, buyer.join_date, buyer.join_channel, buyer.birthday,
  spent.refund_365d_fen, spent.spend_365d_fen,
  case when :standings_ask then (
    select array_agg(s.standing) from standing_n{night} s
    where s.member_id = buyer.member_id and (s.from_at is null or s.from_at <= o.asked_at)
      and (s.to_at is null or o.asked_at < s.to_at)) end as standings,
  (select h.tier_to from tier_history h
   where h.member_id = buyer.member_id and h.effective_on <= (o.asked_at at time zone :zone)::date
   order by h.effective_on desc, h.n desc
   limit 1) as tier
from occasion_n{night} o
join member buyer on buyer.member_id = o.member_id
left join profile spent on :rates_ask and spent.member_id = buyer.member_id
order by o.member_id, o.kind, o.number, o.award;

-- name: given
-- What earlier nights gave for those that are looked at again.
select o.member_id, o.kind, o.number, o.award, p.order_key, p.line_key, p.first_night, min(p.pin) as pin, min(p.granted) as granted,
  min(p.award_fen) as award_fen, sum(p.earned)::bigint as earned, sum(p.clawed_back)::bigint as clawed_back
from occasion_n{night} o
cross join lateral (
  select * from posting p where p.order_key = order_key('program', '', o.number) offset 0
) p
join member m on m.member_id = p.member_id
where not o.fresh and coalesce(m.merged_into, m.member_id) = o.member_id and p.line_key like o.kind || chr(9) || '%'
  and p.line_key = coalesce(o.award, p.line_key)
group by o.member_id, o.kind, o.number, o.award, p.order_key, p.line_key, p.first_night
order by o.member_id, o.kind, o.number, o.award, p.line_key;

-- name: apply_occasions
drop table if exists occasion_n{night};
