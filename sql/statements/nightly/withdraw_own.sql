-- Rows of our own documents that are taken back: what they gave or took goes back in the night that takes them back.
-- grain: stated at each statement
-- writes: own_row, redemption_open, break, and the night's own tables
-- params: :night date, :previous date, :zone text, :document text, :channel text, :sha256 text, :key text, :of date,
--   :file text, :from_channel text, :from_sha256 text, :row int, :standings_ask boolean, :goods_ask boolean
-- cost: the rows of the deliveries concerned; the files of their document since then are read again

-- name: rows
-- What a delivery alone has told so far. grain: one row per row of it
select key, night, content from own_row
where document = :document and channel = :channel and sha256 = :sha256 and withdrawn is null
order by key, night;

-- name: move
-- Another file says the same: the row is that one's.
update own_row set channel = :from_channel, file = :file, sha256 = :from_sha256, source_row = :row
where document = :document and key = :key and night = :of;

-- name: take
update own_row set withdrawn = :night
where document = :document and channel = :channel and sha256 = :sha256 and withdrawn is null;

-- name: after_open
delete from redemption_open o
using own_row r
where r.document = 'redemption' and r.withdrawn = :night and r.key = o.request_no;

-- name: after_breaks
-- What was said of these rows alone is no more to be looked at.
update break b
set state = 'CLOSED', closed_night = :night
from own_row r
where r.withdrawn = :night and b.state = 'OPEN' and b.channel = 'program'
  and (b.type = 'ADJUSTMENT_REFUSED' and b.key in (r.key, r.file || ' row ' || r.source_row)
    or b.type = 'VELOCITY' and b.key = r.key
    or b.type = 'OVERSOLD' and r.says ->> 'event' = 'USE' and b.key = case r.document
      when 'voucher_use' then 'voucher ' || left(r.says ->> 'code', 12) || ' '
        || to_char(r.as_of at time zone :zone, 'YYYY-MM-DD HH24:MI:SS')
      when 'pass_use' then 'pass ' || (r.says ->> 'use_no') end
    or b.type = 'OVERSOLD' and r.document = 'redemption' and b.key = r.key);

-- name: points
-- Points that stand for what a delivery gave or took. grain: one row
select coalesce(sum(points), 0)::bigint
from (
  select e.points
  from own_row o
  join entry e on e.cause_type = upper(o.document) and e.channel = 'program'
    and left(e.cause_key, -position('#' in reverse(e.cause_key))) = case o.document when 'topup' then o.says ->> 'topup_no' else o.key end
  where o.document = :document and o.channel = :channel and o.sha256 = :sha256 and o.withdrawn is null
    and o.document in ('activity', 'topup') and (o.document <> 'topup' or o.says ->> 'event' = 'TOPUP')
  union all
  select e.points
  from own_row o
  join entry e on e.cause_type = upper(o.document) and e.cause_key = o.key
  where o.document = :document and o.channel = :channel and o.sha256 = :sha256 and o.withdrawn is null
    and o.document in ('adjustment', 'redemption')
) e;

-- name: refused_transfer
select o.key
from own_row o join transferred t on t.transfer_no = o.key
where o.document = :document and o.document = 'transfer' and o.channel = :channel and o.sha256 = :sha256 and o.withdrawn is null
  and t.outcome = 'GRANTED'
order by o.key
limit 1;

-- name: refused_state
select o.key
from own_row o
where o.document = :document and o.document = 'account_state' and o.channel = :channel and o.sha256 = :sha256
  and o.withdrawn is null and o.signed
order by o.key
limit 1;

-- name: refused_cancellation
select d.request_no
from own_row o join redeemed d on d.request_no = o.says ->> 'request_no'
where o.document = :document and o.document = 'redemption_event' and o.channel = :channel and o.sha256 = :sha256
  and o.withdrawn is null and o.says ->> 'event' = 'CANCELLED' and d.cancelled_night is not null
order by d.request_no
limit 1;

-- name: refused_referral
select o.key
from own_row o
join member m on m.member_id = o.other_id
join member b on coalesce(b.merged_into, b.member_id) = coalesce(m.merged_into, m.member_id)
join referred r on r.friend_id = b.member_id
where o.document = :document and o.document = 'activity' and o.channel = :channel and o.sha256 = :sha256 and o.withdrawn is null
order by o.key
limit 1;

-- name: refused_standing
-- Something was given for the time in which it held, since it was known, where a rule or a tier may have asked for it.
select o.key
from own_row o
join member m on m.member_id = o.member_id
join member b on coalesce(b.merged_into, b.member_id) = coalesce(m.merged_into, m.member_id)
join entry e on e.member_id = b.member_id
where o.document = :document and o.document = 'standing' and o.channel = :channel and o.sha256 = :sha256 and o.withdrawn is null
  and (:standings_ask::boolean or o.says ->> 'what' = 'TIER')
  and e.kind = 'EARN' and e.night >= o.night
  and e.effective_at >= coalesce((o.says ->> 'from')::timestamptz, '-infinity')
  and e.effective_at < coalesce((o.says ->> 'to')::timestamptz, 'infinity')
order by o.key
limit 1;

-- name: refused_product
select o.says ->> 'sku'
from own_row o
where o.document = :document and o.document = 'product' and o.channel = :channel and o.sha256 = :sha256 and o.withdrawn is null
  and ((o.says ->> 'excluded')::boolean or :goods_ask::boolean)
  and exists (
    select 1
    from order_line l join sales_order s using (order_key)
    join verdict v on v.first_night = s.first_night and v.order_key = s.order_key
    where l.sku = o.says ->> 'sku' and v.night >= o.night)
order by 1
limit 1;

-- name: post_targets
-- What activities, top-ups and registrations gave that are taken back tonight: nothing is to stand of it.
insert into target_n{night} (member_id, order_key, first_night, channel, shop, order_no, line_key, owned, earned_at, base_fen,
  refunds, completed_at, after_sale_open, pin, pinned, granted, award_fen, earned, clawed_back, debit_on, takes)
select coalesce(m.merged_into, m.member_id), p.order_key, p.first_night, 'program', '', g.number, p.line_key, false, min(g.at), 0,
  '', null, false, min(p.pin), true, min(p.granted), min(p.award_fen), sum(p.earned), sum(p.clawed_back),
  (min(g.at) at time zone :zone)::date, true
from (
  select 'ACTIVITY' as kind, key as number, as_of as at from own_row where withdrawn = :night and document = 'activity'
  union all
  select 'TOPUP', says ->> 'topup_no', as_of from own_row
  where withdrawn = :night and document = 'topup' and says ->> 'event' = 'TOPUP'
  union all
  select 'MEMBER', u.number, u.at from unregistered u where u.night = :night
) g
cross join lateral (
  select * from posting p where p.order_key = order_key('program', '', g.number) offset 0
) p
join member m on m.member_id = p.member_id
where p.line_key like g.kind || chr(9) || '%'
  and not exists (
    select 1 from target_n{night} t
    where t.order_key = p.order_key and t.line_key = p.line_key and t.member_id = coalesce(m.merged_into, m.member_id))
group by coalesce(m.merged_into, m.member_id), p.order_key, p.first_night, g.number, p.line_key
having sum(p.earned) <> 0 or sum(p.clawed_back) <> 0;

-- name: post_dues
-- Dates that are told of it.
insert into due_before_n{night} (order_key, line_key, member_id, holder, due_on, held)
select d.order_key, d.line_key, t.member_id, d.member_id, d.due_on, d.held
from target_n{night} t
cross join lateral (
  select * from due d
  where d.first_night = t.first_night and d.order_key = t.order_key and d.line_key = t.line_key offset 0
) d
join member m on m.member_id = d.member_id
where t.channel = 'program' and not t.owned and t.first_night < :night and coalesce(m.merged_into, m.member_id) = t.member_id
  and (d.due_on > :previous or d.held)
  and not exists (
    select 1 from due_before_n{night} b
    where b.order_key = d.order_key and b.line_key = d.line_key and b.holder = d.member_id);

-- name: post_holds
delete from hold_over_n{night} h
using target_n{night} t
where exists (select 1 from target_n{night} where channel = 'program' and not owned)
  and t.channel = 'program' and not t.owned
  and h.member_id = t.member_id and h.order_key = t.order_key and h.line_key = t.line_key;

-- name: post_adjusted
-- Adjustments that were booked are booked the other way round.
insert into adjusted_n{night} (member_id, adjustment_no, at, points, expires, against, taken_back, write_off)
select coalesce(m.merged_into, m.member_id), o.key, o.as_of, -sum(e.points), null, '', true, bool_or(e.kind = 'WRITE_OFF')
from own_row o
join member m on m.member_id = o.member_id
join member b on coalesce(b.merged_into, b.member_id) = coalesce(m.merged_into, m.member_id)
join entry e on e.member_id = b.member_id and e.kind in ('ADJUST', 'WRITE_OFF') and e.cause_type = 'ADJUSTMENT' and e.cause_key = o.key
where o.withdrawn = :night and o.document = 'adjustment'
group by coalesce(m.merged_into, m.member_id), o.key, o.as_of
having sum(e.points) <> 0;
