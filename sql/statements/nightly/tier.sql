-- Decides the tiers of members with new money, a return, a merge, or a date that is due: the clock's dates are kept with the
-- tier (look_on), so nobody else is looked at. Terms that are new look at everybody once.
-- grain: tier_due_n one row per member to be looked at; the night's tables as their parents
-- writes: the night's own tables; at close tier_state, tier_history (attach), tier_overearned, tier_terms
-- params: :night date, :previous date, :zone text, :since date, :anew boolean, :points boolean, :activities boolean,
--   :charges boolean, :hq text[], :hash text, :after text, :upto text
-- cost: a fixed number of statements; of the spend and entries of whoever is looked at those of the window (spend_member,
--   entry by member), of whom something came back all; merges are found as elsewhere, who is new by his number

-- name: terms
select hash from tier_terms order by night desc limit 1;

-- name: drop
drop table if exists tier_due_n{night}, tier_account_n{night}, tier_state_n{night}, tier_history_n{night},
  tier_overearned_n{night};

-- name: create_due
-- whole: all that he ever bought is asked for, not only what the window holds
create table tier_due_n{night} (
  member_id text collate "C" not null, returned boolean not null, whole boolean not null);

-- name: create_account
create table tier_account_n{night} (
  member_id text collate "C" not null, birth text collate "C" not null, whole boolean not null);

-- name: create_state
create table tier_state_n{night} (like tier_state including constraints);

-- name: create_history
create table tier_history_n{night} (like tier_history including constraints);

-- name: create_overearned
create table tier_overearned_n{night} (like tier_overearned including constraints);

-- name: due
insert into tier_due_n{night} (member_id, returned, whole)
select coalesce(m.merged_into, m.member_id), bool_or(d.returned), bool_or(d.whole or d.returned)
from (
  select member_id, refund_fen > 0 or base_fen < 0 or orders < 0 as returned, false as whole from spend_n{night}
  union all
  select member_id, points < 0, false from entry_n{night} where :points::boolean and kind in ('EARN', 'CLAWBACK')
  union all
  select merged_into, false, true from member where merged_night = :night
  union all
  -- who is new has a higher number than all who have a tier
  select member_id, false, true from member where member_id > coalesce((select max(member_id) from tier_state), '')
  union all
  select member_id, false, false from tier_state where look_on <= :night
  union all
  select member_id, false, true from member where :anew::boolean
  union all
  select member_id, false, false from standing where what = 'TIER' and due_on > :previous and due_on <= :night
  union all
  select member_id, false, true from own_row
  where withdrawn = :night and (document = 'standing' or document = 'activity' and :activities::boolean) and member_id is not null
  union all
  select member_id, false, false from activity
  where :activities::boolean and due_on > :previous and due_on <= :night
  union all
  -- more is known of days that were charged
  select p.member_id, false, true
  from tier_overearned p join spend_n{night} s on s.member_id = p.member_id and s.paid_on <= p.to_on
  where :charges::boolean
) d
join member m using (member_id)
group by coalesce(m.merged_into, m.member_id);

-- name: accounts
insert into tier_account_n{night} (member_id, birth, whole)
select member_id, member_id, whole from tier_due_n{night}
union all
select d.member_id, m.member_id, d.whole from tier_due_n{night} d join member m on m.merged_into = d.member_id;

-- name: analyze
analyze tier_due_n{night}, tier_account_n{night};

-- name: members
-- grain: one row per member to be looked at; tier null of who was never looked at
select d.member_id, d.returned, d.whole, m.join_date, t.tier, t.since, t.cycle_from, t.entered, t.entered_from, t.review_on,
  t.look_on, t.fell_on, t.keep_from, t.last_bought_on, t.manual, t.progress, t.needed
from tier_due_n{night} d
join member m using (member_id)
left join tier_state t using (member_id)
order by d.member_id;

-- name: merged
-- Who merges tonight and had a tier. grain: one row per such member
select m.merged_into as member_id, m.member_id as other, t.tier, t.since, t.cycle_from, t.entered, t.entered_from, t.review_on,
  t.look_on, t.fell_on, t.keep_from, t.last_bought_on, t.manual, t.progress, t.needed
from member m join tier_state t on t.member_id = m.member_id
where m.merged_night = :night
order by m.merged_into, m.member_id;

-- name: standings
-- Tiers given to those members by hand: of each key the newest row counts, if two of the head office gave it.
-- grain: one row per (member, key)
select member_id, name, coalesce((from_at at time zone :zone)::date, date '0001-01-01') as from_on,
  ((to_at - interval '1 microsecond') at time zone :zone)::date as to_on
from (
  select distinct on (a.member_id, s.key) a.member_id, s.key, s.name, s.from_at, s.to_at, s.requested_by, s.approved_by
  from tier_account_n{night} a join standing s on s.member_id = a.birth
  where s.what = 'TIER' and s.night <= :night and s.due_on <= :night
  order by a.member_id, s.key, s.night desc
) s
where requested_by = any (:hq::text[]) and approved_by = any (:hq::text[]) and requested_by <> approved_by
order by member_id, key;

-- name: middle
-- Cuts those members into two halves, by the last of the first one; empty where there are none.
select percentile_disc(0.5) within group (order by member_id) as middle, max(member_id) as last
from tier_due_n{night}
having count(*) > 0;

-- name: days
-- What those members bought and did, by the day of payment; and the same, had nothing come back tonight.
-- grain: one row per (member, day), of one half
select member_id, paid_on, sum(base_fen - refund_fen)::bigint as net_fen, sum(kept)::bigint as kept,
  sum(orders) > 0 or bool_or(did) as active,
  sum(case when tonight then greatest(base_fen, 0) + greatest(-refund_fen, 0) else base_fen - refund_fen end)::bigint
    as unreturned_fen,
  sum(case when tonight then greatest(kept, case when base_fen > 0 then orders else 0 end, 0) else kept end)::bigint
    as unreturned_kept,
  sum(case when tonight then greatest(orders, 0) else orders end) > 0 or bool_or(did) as unreturned_active
from (
  select a.member_id, s.paid_on, s.orders, s.kept, s.base_fen, s.refund_fen, false as tonight, false as did
  from tier_account_n{night} a join spend s on s.member_id = a.birth
  where a.member_id > :after and a.member_id <= :upto and a.whole
  union all
  select a.member_id, s.paid_on, s.orders, s.kept, s.base_fen, s.refund_fen, false, false
  from tier_account_n{night} a join spend s on s.member_id = a.birth
  where a.member_id > :after and a.member_id <= :upto and not a.whole and s.night >= :since and s.paid_on >= :since
  union all
  select a.member_id, s.paid_on, s.orders, s.kept, s.base_fen, s.refund_fen, true, false
  from tier_account_n{night} a join spend_n{night} s on s.member_id = a.birth
  where a.member_id > :after and a.member_id <= :upto and (a.whole or s.paid_on >= :since)
  union all
  select a.member_id, (x.at at time zone :zone)::date, 0, 0, 0, 0, false, true
  from tier_account_n{night} a join activity x on x.member_id = a.birth
  where a.member_id > :after and a.member_id <= :upto and :activities::boolean and x.due_on <= :night and (a.whole or (x.at at time zone :zone)::date >= :since)
) s
group by member_id, paid_on
order by member_id, paid_on;

-- name: points
-- What those members earned and gave back, by the day of what earned it. A top-up counts nowhere.
-- grain: one row per (member, day); nothing where no level asks
select member_id, earned_on, sum(points)::bigint as points,
  sum(case when tonight and points < 0 then 0 else points end)::bigint as unreturned
from (
  select member_id, points, tonight,
    (coalesce(
      min(effective_at) filter (where kind = 'EARN') over (partition by member_id, channel, shop, cause_type, cause_key),
      case when cause_type = 'ORPHAN_RETURN' then effective_at end) at time zone :zone)::date as earned_on
  from (
    select a.member_id, e.kind, e.points, e.effective_at, e.channel, e.shop, e.cause_type, e.cause_key, false as tonight
    from tier_account_n{night} a join entry e on e.member_id = a.birth
    where a.whole and :points::boolean
    union all
    select a.member_id, e.kind, e.points, e.effective_at, e.channel, e.shop, e.cause_type, e.cause_key, false
    from tier_account_n{night} a join entry e on e.member_id = a.birth
    where not a.whole and e.night >= :since and :points::boolean
    union all
    select a.member_id, e.kind, e.points, e.effective_at, e.channel, e.shop, e.cause_type, e.cause_key, true
    from tier_account_n{night} a join entry_n{night} e on e.member_id = a.birth
    where :points::boolean
  ) e
  where kind in ('EARN', 'CLAWBACK') and cause_type <> 'TOPUP'
) e
where earned_on is not null
group by member_id, earned_on
order by member_id, earned_on;

-- name: past
-- What became of the tiers of those who may have held one too high. grain: one row per change, those of tonight left out
select h.member_id, h.night, h.tier_from, h.tier_to, h.reason, h.effective_on, h.measured_from
from tier_due_n{night} d join tier_history h using (member_id)
where :charges::boolean and d.whole
  and (d.returned or exists (select 1 from tier_overearned p where p.member_id = d.member_id))
order by h.member_id, h.night, h.n;

-- name: overearned
-- What earlier nights wrote down of them. grain: one row per (member, night, range of days)
select p.member_id, p.lost, p.entered, p.from_on, p.to_on, p.held, p.due
from tier_due_n{night} d join tier_overearned p using (member_id)
where :charges::boolean and d.whole
order by p.member_id, p.night, p.n;

-- name: key_history
alter table tier_history_n{night} add primary key (member_id, night, n);

-- name: analyze_night
analyze tier_state_n{night}, tier_history_n{night};

-- name: close_state
update tier_state t
set tier = n.tier, since = n.since, cycle_from = n.cycle_from, entered = n.entered, entered_from = n.entered_from,
  review_on = n.review_on, look_on = n.look_on, fell_on = n.fell_on, keep_from = n.keep_from,
  last_bought_on = n.last_bought_on, manual = n.manual, progress = n.progress, needed = n.needed
from tier_state_n{night} n
where t.member_id = n.member_id;

-- name: close_new
insert into tier_state
select n.* from tier_state_n{night} n
where not exists (select 1 from tier_state t where t.member_id = n.member_id)
order by n.member_id;

-- name: close_merged
delete from tier_state t using member m where t.member_id = m.member_id and m.merged_night = :night;

-- name: close_overearned
insert into tier_overearned select * from tier_overearned_n{night};

-- name: close_terms
insert into tier_terms (night, hash)
select :night, :hash
where (select hash from tier_terms order by night desc limit 1) is distinct from :hash;
