-- Everything that is known about one ledger entry.
-- grain: see each statement
-- writes: nothing
-- params: :night date, :member text, :n int, :order_key uuid, :line_key text, :award text, :zone text,
--   :channel text, :shop text, :other text, :cause_key text, :cause_type text, :kind text

-- name: entry
select
  e.kind, e.points, e.moved, e.effective_at, e.channel, e.shop, e.order_key, e.line_key, e.cause_type, e.cause_key,
  n.program, e.program_version
from entry e
join night n using (night)
where e.night = :night and e.member_id = :member and e.n = :n;

-- where the line was read; the pseudo-line of an order was read where the order was
-- name: line_source
select d.file, s.source_sha256 as sha256, s.source_row as row, d.document
from (
  select l.source_sha256, l.source_row, o.channel, o.shop
  from order_line l
  join sales_order o using (order_key)
  where l.order_key = :order_key and l.line_key = :line_key
  union all
  select o.source_sha256, o.source_row, o.channel, o.shop
  from sales_order o
  where o.order_key = :order_key and :line_key = '*'
) s
left join delivery d on d.channel = s.channel and d.shop in (s.shop, '') and d.sha256 = s.source_sha256
order by d.document
limit 1;

-- where the order itself was read: amounts and times of some platforms stand there and not on the line
-- name: order_source
select d.file, o.source_sha256 as sha256, o.source_row as row, d.document
from sales_order o
left join delivery d on d.channel = o.channel and d.shop in (o.shop, '') and d.sha256 = o.source_sha256
where o.order_key = :order_key
order by d.document
limit 1;

-- where a return without a sale was read, and the part of it that found none
-- name: return_source
select d.file as source_file, r.source_sha256, r.source_row,
  d.document as source_document, r.orphan_fen
from till_return r
left join delivery d on d.channel = r.channel and d.shop in (r.shop, '') and d.sha256 = r.source_sha256
where r.order_key = :order_key and r.line_key = :line_key
order by d.document
limit 1;

-- the row of an adjustment: who, why, whom it named
-- name: adjustment
select o.file as source_file, o.sha256 as source_sha256, o.source_row, 'adjustment' as source_document,
  o.key as correction_adjustment_no, o.says ->> 'reason' as correction_reason, o.says ->> 'requested_by' as correction_requested_by,
  o.says ->> 'approved_by' as correction_approved_by, (o.says ->> 'expires')::date as correction_expires,
  o.member_kind, o.member_channel, o.member_shown as member_masked
from own_row o
where o.document = 'adjustment' and o.key = :cause_key
order by o.withdrawn is not null, o.night desc
limit 1;

-- the row that closed an account: who, why, whom it named
-- name: closed
select s.file as source_file, s.sha256 as source_sha256, s.source_row, 'account_state' as source_document,
  null::text as correction_adjustment_no, s.reason as correction_reason, s.requested_by as correction_requested_by,
  s.approved_by as correction_approved_by, null::date as correction_expires,
  o.member_kind, o.member_channel, o.member_shown as member_masked
from member m
join account_state s on s.member_id = m.member_id
join own_row o on o.document = 'account_state' and o.key = s.key and o.night = s.night
where (m.member_id = :member or m.merged_into = :member) and s.at = :cause_key::timestamptz and s.state = 'CLOSED' and s.signed
limit 1;

-- the row of a top-up, of what went back one of its refunds
-- name: topup_source
select file, sha256, source_row as row, 'topup' as document
from own_row t
join (select replace(replace(left(:cause_key, -position('#' in reverse(:cause_key))), '%', '%25'), '/', '%2F') as of) n
  on t.document = 'topup' and t.key >= n.of || '/' and t.key < n.of || '0'
order by (t.says ->> 'event' = 'TOPUP') = (:kind <> 'CLAWBACK') desc, t.withdrawn is not null, t.night desc, t.key
limit 1;

-- the row of an activity; behind its key stands the rule
-- the row that named the friend
-- name: referral_source
select x.file, x.sha256, x.source_row as row, 'activity' as document
from referred r
join activity x on x.key = r.event_key
where r.award_key = :order_key::uuid
limit 1;

-- name: activity_source
select file, sha256, source_row as row, 'activity' as document
from own_row
where document = 'activity' and key = left(:cause_key, -position('#' in reverse(:cause_key)))
order by withdrawn is not null, night
limit 1;

-- where a transfer was read
-- name: transfer_source
select file, sha256, source_row as row, 'transfer' as document from transfer where transfer_no = :cause_key limit 1;

-- where a redemption was read; of points that went back its cancellation, if there was one
-- name: redemption_source
select file, sha256, source_row as row, document
from (
  select file, sha256, source_row, 'redemption' as document, 1 as place from redemption where request_no = :cause_key
  union all
  select file, sha256, source_row, 'redemption_event', 0
  from redemption_event
  where :kind = 'RESTORE' and key = :cause_key || '/CANCELLED' and night <= :night
) s
order by place
limit 1;

-- the balances an opening came from, and how they were combined
-- name: opening
select combine, theirs, ours
from opening
where channel = :channel and member_id = :member and night = :night and n = :n;

-- one row per customer of the platform
-- name: opening_sources
select d.file as source_file, s.sha256 as source_sha256, s.row as source_row, d.document as source_document, s.points,
  s.kind, s.shown as masked
from points_snapshot s
left join lateral (
  select file, document from delivery d
  where d.channel = s.channel and d.sha256 = s.sha256
  order by d.shop <> s.shop, d.shop, d.document
  limit 1
) d on true
where s.night = :night and s.channel = :channel and s.member_id = :member
order by s.shop, s.sha256, s.row;

-- the till returns and refund documents that this clawback booked: matched to the line, or naming it or no line at all.
-- A return is booked by the account's first clawback of the line in a later night, or of its own night and not before it
-- in time; one that was worth no point waits for the next.
-- name: returns
with recursive account as (
  select member_id, coalesce(merged_into, member_id) as survivor from member where member_id = :member
  union all
  select m.member_id, a.survivor
  from account a join member m on m.merged_into = a.survivor and m.merged_to = a.member_id and m.merged_night <= :night
), clawback as (
  select e.night, e.member_id, e.n, e.effective_at
  from entry e
  where e.member_id in (select member_id from account) and e.order_key = :order_key and e.line_key = :award
    and e.kind = 'CLAWBACK' and e.points < 0 and e.night <= :night
), returned as (
  select r.channel, r.shop, r.source_sha256, r.source_row, x.amount_fen, x.at, x.night
  from return_match x
  join till_return r on r.order_key = x.return_order_key and r.line_key = x.return_line_key
  where x.order_key = :order_key and x.line_key = :line_key and x.night <= :night
  union all
  select o.channel, o.shop, r.source_sha256, r.source_row, r.amount_fen, r.refunded_at, r.refunded_night
  from refund_document r
  join sales_order o using (order_key)
  where r.order_key = :order_key and r.refunded_night <= :night
    and (r.line_id is null or r.line_id = :line_key
      or not exists (select 1 from order_line l where l.order_key = r.order_key and l.line_key = r.line_id))
)
select
  (select min(d.file) from delivery d
   where d.channel = r.channel and d.shop in (r.shop, '') and d.sha256 = r.source_sha256) as file,
  r.source_sha256 as sha256, r.source_row as row, r.amount_fen, r.at
from returned r
cross join lateral (
  select c.night, c.member_id, c.n
  from clawback c
  where c.night > r.night
    or c.night = r.night and c.effective_at >= greatest(
      r.at, (select o.paid_at from sales_order o where o.order_key = :order_key))
  order by c.night, c.member_id = :member, c.n
  limit 1
) booked
where booked.night = :night and booked.member_id = :member and booked.n = :n
order by r.at, r.source_sha256, r.source_row;

-- the tokens that tied the order to a member: its own, or a binding that named its number
-- name: identity
select distinct kind, channel, shown as masked
from order_token
where order_key = :order_key
union
select 'order_no', s.channel, s.order_no
from order_claim c
join sales_order s using (order_key)
where c.order_key = :order_key
  or c.order_key in (select parent_key from order_split where child_key = :order_key)
order by 1, 2, 3;

-- the binding row that tied the order to a member by its number, or that of the order it was split from
-- name: order_evidence
select 'BINDING' as type, b.channel, o.shop, b.order_no as "order", b.bound_at, d.file as source_file,
  b.source_sha256, b.source_row, d.document as source_document
from (
  select :order_key::uuid as order_key, 0 as step
  union all
  select parent_key, 1 from order_split where child_key = :order_key
) k
join sales_order o using (order_key)
left join order_claim c using (order_key)
join binding b on b.channel = o.channel and b.order_no = o.order_no and (b.shop is null or b.shop = o.shop)
left join lateral (
  select file, document from delivery d
  where d.channel = 'program' and d.sha256 = b.source_sha256
  order by d.document limit 1
) d on true
where b.applied_night <= :night
  and case when c.order_key is null then b.state = 'APPLIED' else b.state <> 'WAITING' and b.bound_at = c.bound_at end
order by k.step, b.bound_at, b.content
limit 1;

-- what proved that the two members of a merge are one, and the row it was read in
-- name: merge_evidence
select case e.source when 'FACT' then 'MEMBER' else e.source end as proof_type,
  coalesce(b.channel, o.channel, case e.source when 'BALANCE' then d.channel end) as proof_channel,
  coalesce(o.shop, case e.source when 'BALANCE' then d.shop end) as proof_shop,
  coalesce(b.order_no, o.order_no) as proof_order,
  (select min(t.shown) from evidence_token t where t.content = e.content and t.side = 'PLATFORM') as proof_platform_id,
  b.bound_at as proof_bound_at, e.member_id as proof_merged, e.joined as proof_joined,
  d.file as source_file, e.source_sha256, e.source_row, d.document as source_document
from merge_evidence e
left join binding b on e.source = 'BINDING' and b.content = e.content
left join sales_order o on o.order_key = case when e.source = 'ORDER' then encode(e.content, 'hex')::uuid end
left join delivery d
  on d.sha256 = e.source_sha256
  and (e.source = 'BALANCE' or d.channel = coalesce(o.channel, 'program') and d.shop in (coalesce(o.shop, ''), ''))
where e.night = :night and e.member_id in (:member, :other)
order by d.document
limit 1;

-- the tokens that evidence tied: those of its row, and those that the order it names carried by that night
-- name: merge_identity
with proof as (
  select source, content from merge_evidence where night = :night and member_id in (:member, :other)
)
select t.kind, t.channel, t.shown as masked
from proof p
join evidence_token t on t.content = p.content
union
select 'order_no', b.channel, b.order_no
from proof p
join binding b on b.content = p.content
where p.source = 'BINDING' and b.order_no is not null
union
select t.kind, t.channel, t.shown
from proof p
join binding b on b.content = p.content
join sales_order o on o.channel = b.channel and o.order_no = b.order_no and o.present
join order_token t on t.order_key = o.order_key and t.night <= :night
where p.source = 'BINDING'
union
select t.kind, t.channel, t.shown
from proof p
join order_token t on t.order_key = case when p.source = 'ORDER' then encode(p.content, 'hex')::uuid end
where t.night <= :night
order by 1, 2, 3;

-- the decision pinned for the line on this account
-- name: rule
select n.program_version, n.rule, n.per_fen, n.rule_points as points, n.mode, n.rounding, n.hold_days, n.hold_from, n.expiry_kind,
  n.expiry_length, nullif(n.expiry_unit, '') as expiry_unit, n.times, n.formula, n.rules, n.variant,
  n.grant_kind, n.with_times, n.with_formula, n.with_rules, n.on_return, n.campaign, p.granted, p.award_fen
from posting p join pin n using (pin)
where p.order_key = :order_key and p.line_key = :award
order by p.member_id = :member desc, p.night, p.member_id
limit 1;

-- the lines of an order
-- name: lines_of
select line_key from order_line where order_key = :order_key order by line_key;

-- what rules may ask of an order and of the goods of one of its lines, as told by now; null: nobody told
-- name: told
select o.channel, o.shop, coalesce(l.at, o.paid_at) as at, o.order_type, o.payment, l.sku, p.category, p.brand
from sales_order o
left join order_line l on l.order_key = o.order_key and l.line_key = :line_key
left join lateral (
  select category, brand from product where key = replace(replace(l.sku, '%', '%25'), '/', '%2F') order by night desc limit 1
) p on true
where o.order_key = :order_key;

-- what the rate of the line counted by in that night because the tier it was paid in had been lost
-- name: charge
select times as product, formula, rules, variant
from tier_charge
where order_key = :order_key and line_key = :award and night <= :night
order by night desc
limit 1;

-- what bound the award, as it was decided first
-- name: award
select a.desired, a.granted, a.reason
from awarded a
join member m on m.member_id = a.member_id
where a.cause_type = :cause_type and a.channel = :channel and a.shop = :shop and a.cause_key = :cause_key and a.night <= :night
  -- of a date every member has an award of his own
  and (a.cause_type <> 'SCHEDULE' or coalesce(m.merged_into, m.member_id) = (
    select coalesce(x.merged_into, x.member_id) from member x where x.member_id = :member))
order by a.night
limit 1;

-- net points of the line's entries of one kind before this one, on the account and on those merged into it by that night
-- name: posted_before
with recursive account as (
  select member_id, coalesce(merged_into, member_id) as survivor from member where member_id = :member
  union all
  select m.member_id, a.survivor
  from account a join member m on m.merged_into = a.survivor and m.merged_to = a.member_id and m.merged_night <= :night
)
select kind, sum(points)::bigint as points
from entry
where member_id in (select member_id from account) and order_key = :order_key and line_key = :award
  and (night < :night or night = :night and n < :n and member_id = :member)
group by kind;

-- what took points out of the lot this entry opened
-- name: consumed_by
select debit_night as entry_night, debit_member as entry_member, debit_n as entry_n, points, night
from allocation
where lot_member = :member and lot_night = :night and lot_n = :n
order by night, member_id, n;

-- what took points out of the lots of a line that this entry released, whoever held them first
-- name: released_consumed_by
select a.debit_night as entry_night, a.debit_member as entry_member, a.debit_n as entry_n, a.points, a.night
from lot l
join lot_release r
  on r.night = :night and r.lot_night = l.night and r.lot_member = l.member_id and r.lot_n = l.n
join allocation a on a.lot_member = l.member_id and a.lot_night = l.night and a.lot_n = l.n
where l.member_id in (
    select f.member_id
    from member m join member f on f.merged_into = coalesce(m.merged_into, m.member_id)
      or f.member_id = coalesce(m.merged_into, m.member_id)
    where m.member_id = :member)
  and l.order_key = :order_key and l.line_key = :award
order by a.night, a.member_id, a.n;

-- what this entry took out of which lots
-- name: took
select l.order_no || '/' || replace(l.line_key, chr(9), '#') as line, a.points, a.night, a.lot_night, a.lot_member, a.lot_n
from allocation a
join lot l on l.night = a.lot_night and l.member_id = a.lot_member and l.n = a.lot_n
where a.debit_member = :member and a.debit_night = :night and a.debit_n = :n
order by a.night, a.member_id, a.n;

-- the facts a line's amounts follow from; how they are spread is decided where a night decides it
-- name: order_amounts
select gross_fen, freight_fen, state from sales_order where order_key = :order_key;

-- one row per line of the order; of an order that posts on its pseudo-line, that one
-- name: line_amounts
select line_key, generation, qty, price_fen, due_fen, state, closed, refund_state, excluded
from order_line
where order_key = :order_key and :line_key <> '*'
union all
select '*', 0, null, null, null, 0, false, 0, false where :line_key = '*'
order by line_key;

-- the money by which the line's points went that night, where it is not what documents say; of an order its lines
-- name: followed_amounts
select line_key, base_fen, refunds
from line_money
where order_key = :order_key and night = :night and :line_key in (line_key, '')
order by line_key;

-- one row per refund amount that a document showed first by that night; line '' is the order itself
-- name: refund_amounts
select line_key, (night + time '23:59:59') at time zone :zone as at, refunded_fen as fen
from refund_seen
where order_key = :order_key and night <= :night
order by line_key, night;

-- one row per return matched to a line and per refund document by that night; line '' where a document names none,
-- neither by its id nor by a SKU of its own
-- name: return_amounts
select line_key, at, amount_fen as fen
from return_match
where order_key = :order_key and night <= :night
union all
select coalesce(named.line_key, ''), r.refunded_at, r.amount_fen
from refund_document r
left join lateral (
  select min(l.line_key) as line_key
  from order_line l
  where l.order_key = r.order_key and :line_key <> '*'
    and l.generation = (select max(g.generation) from order_line g where g.order_key = r.order_key)
    and case when r.line_id is not null and l.generation = 2 then l.line_key = r.line_id
          else l.sku = r.sku and r.sku <> '' end
  having count(*) = 1
) named on true
where r.order_key = :order_key and r.refunded_night <= :night
order by line_key, at, fen;
