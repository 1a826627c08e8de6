-- One member's account as of a closed night. Lots and statement come from closed nights only; tokens and merges are
-- facts and are looked up as of the same date.
-- grain: see each statement
-- writes: nothing
-- params: :kind text, :channel text, :hash bytea, :order_no text, :member text,
--   :members text[], :as_of date, :at timestamptz, :hq text[], :on date

-- one row per (kind, channel) of any token; a loose index scan, there are only a handful
-- name: token_kinds
with recursive pair as (
  (select kind, channel from token order by kind, channel limit 1)
  union all
  select next.kind, next.channel
  from pair
  cross join lateral (
    select t.kind, t.channel
    from token t
    where (t.kind, t.channel) > (pair.kind, pair.channel)
    order by t.kind, t.channel
    limit 1) next
)
select kind, channel from pair where channel = :channel or (channel = '' and kind = :channel);

-- one row per member the token points at; at most one per moment
-- name: by_token
select distinct member_id
from token
where kind = :kind and channel = :channel and hash = :hash and valid_from < :at and valid_to >= :at;

-- one row per order of that number; shops have numbers of their own. An order without owner that is claimed was bound too
-- late; the row that did so
-- name: by_order
select coalesce(m.merged_into, m.member_id) as owner, coalesce(v.class, '') as accounting_class, s.paid_at, c.bound_at,
  b.source_row, b.file
from sales_order s
left join verdict v on v.first_night = s.first_night and v.order_key = s.order_key
left join member m on m.member_id = v.owner
left join order_claim c on c.order_key = s.order_key and v.owner is null and v.class = 'UNATTRIBUTED'
left join lateral (
  select b.source_row, d.file
  from binding b left join delivery d on d.channel = 'program' and d.sha256 = b.source_sha256
  where b.channel = s.channel and b.order_no = s.order_no and (b.shop is null or b.shop = s.shop)
    and b.bound_at = c.bound_at
  order by b.content limit 1
) b on true
where s.channel = :channel and s.order_no = :order_no
order by s.shop;

-- name: member
select member_id, birth_night, merged_into
from member
where member_id = :member;

-- what rules may ask of whoever the member is now; the tier is that of a date, null before the first
-- name: facts
select s.member_id, s.home_shop, s.join_date, s.join_channel, s.birthday,
  (select string_agg(t.what || ' ' || t.name, chr(10))
   from (
     select distinct on (x.key) x.what, x.name, x.from_at, x.to_at
     from standing x join member b on b.member_id = x.member_id
     where coalesce(b.merged_into, b.member_id) = s.member_id and x.what in ('TAG', 'SEGMENT')
     order by x.key, x.night desc
   ) t
   where (t.from_at is null or t.from_at <= :at) and (t.to_at is null or :at < t.to_at)) as standings,
  (select h.tier_to from tier_history h
   where h.member_id = s.member_id and h.effective_on <= :on
   order by h.effective_on desc, h.n desc
   limit 1) as tier,
  p.refund_365d_fen as refund_fen, p.spend_365d_fen as spent_fen
from member m
join member s on s.member_id = coalesce(m.merged_into, m.member_id)
left join profile p on p.member_id = s.member_id
where m.member_id = :member;

-- passes that he was ever given: by two of the head office, by points, or by a draw
-- name: passes
select t.name as pass, t.from_at, t.to_at, t.uses
from (
  select distinct on (x.key) x.what, x.name, x.from_at, x.to_at, x.uses, x.requested_by, x.approved_by
  from standing x join member b on b.member_id = x.member_id
  where coalesce(b.merged_into, b.member_id) = :member
  order by x.key, x.night desc
) t
where t.what = 'PASS' and t.requested_by = any (:hq::text[]) and t.approved_by = any (:hq::text[])
  and t.requested_by <> t.approved_by
union all
select p.pass, p.from_at, p.to_at, p.uses
from pass_given p join member b on b.member_id = p.member_id
where coalesce(b.merged_into, b.member_id) = :member
  and not exists (select 1 from redeemed r where r.request_no = p.request_no and r.cancelled_night is not null);

-- their uses that were not taken back
-- name: pass_uses
select u.pass, u.use_no, u.at
from pass_use u join member b on b.member_id = u.member_id
where coalesce(b.merged_into, b.member_id) = :member and u.event = 'USE'
  and not exists (
    select 1 from own_row d
    where d.document = 'pass_use' and d.key = left(u.key, length(u.key) - length('/USE')) || '/UNDO');

-- when the account was frozen, let go or closed: one row per change that counts
-- name: states
select birth, at, state
from birth_state
where account = :member
order by at, birth, state;

-- everybody who ends in the same final survivor; direct names whom a member was merged into that night (merged_into is
-- the final survivor and may be of a later night)
-- name: aliases
select member_id, merged_night, merged_to as direct
from member
where member_id = :member or merged_into = :member
order by member_id;

-- one row per lot as the last closed night left it, in the order they are spent
-- name: lots
select
  order_no || '/' || replace(line_key, chr(9), '#') as line, points, remaining, available_on, expires_on,
  night as entry_night, member_id as entry_member, n as entry_n, channel, shop
from lot
where member_id = any (:members) and night <= :as_of
order by expires_on nulls last, available_on nulls last, channel, shop, order_no, line_key, night, member_id, n;

-- the same, recomputed from what was booked up to a night
-- name: lots_as_of
select
  l.order_no || '/' || replace(l.line_key, chr(9), '#') as line, l.points,
  l.points - coalesce((
    select sum(a.points)
    from allocation a
    where a.lot_member = l.member_id and a.lot_night = l.night and a.lot_n = l.n and a.night <= :as_of), 0)::bigint
    as remaining,
  r.available_on, r.expires_on, l.night as entry_night, l.member_id as entry_member, l.n as entry_n, l.channel, l.shop
from lot l
left join lot_release r
  on r.lot_night = l.night and r.lot_member = l.member_id and r.lot_n = l.n and r.night <= :as_of
where l.member_id = any (:members) and l.night <= :as_of
order by r.expires_on nulls last, r.available_on nulls last, l.channel, l.shop, l.order_no, l.line_key, l.night,
  l.member_id, l.n;

-- one row per change of tier
-- name: tiers
select night, tier_from as "from", tier_to as "to", reason, effective_on, array_to_string(evidence, '; ') as evidence,
  keep_by, keep_needs
from tier_history
where member_id = :member and night <= :as_of
order by night, n;

-- what pending + available - owed of the whole family must be
-- name: worth
select coalesce(sum(points), 0)::bigint as points from entry where member_id = any (:members) and night <= :as_of;

-- one row per entry of the member itself, in ledger order
-- name: statement
select
  night as entry_night, member_id as entry_member, n as entry_n, night, effective_at, kind, points, moved,
  sum(points) over (order by night, n)::bigint as balance_after, cause_key as cause, cause_type, channel, shop,
  null::text as formula -- explained for the newest of them only
from entry
where member_id = :member and night <= :as_of
order by night, n;

-- one row per token in force
-- name: identities
select distinct kind, channel, shown as masked
from token
where member_id = any (:members) and valid_from < :at and valid_to >= :at
order by kind, channel, masked;
