-- Compares channels, tills and documents with the ledger of base and night: opens, keeps and closes breaks.
-- grain: one row of break per disagreement, by (type, channel, shop, key)
-- writes: break
-- params: :night date, :previous date, :cut timestamptz, :type text, :channel text, :shop text, :key text, :detail text
-- cost: a fixed number of set statements over the night's orders and returns

-- name: create_found
create temporary table break_found (
  type text not null, channel text not null, shop text not null, key text not null, detail text not null)
on commit drop;

-- name: find_orders
-- Orders that wait: whose buyer nobody knows, or whose documents are not all there.
insert into break_found
select o.class, s.channel, s.shop, s.order_no,
  case o.class
    when 'UNATTRIBUTED' then format('buyer unknown; would earn %s points', o.would_be_points)
    else format('documents missing: %s; would earn %s points',
      case when not s.present then 'the order itself' else 'its lines' end, o.would_be_points)
  end
from order_n{night} o
join sales_order s using (order_key)
where o.class in ('UNATTRIBUTED', 'INCOMPLETE');

-- name: find_refunds
-- Evidence of one refund that disagrees: paid amount, refunded amount and total; lines against their order; refund
-- documents against both; a line that says refunded while nothing tells how much.
insert into break_found
select 'REFUND_MISMATCH', s.channel, s.shop, s.order_no,
  case
    when s.net_fen + s.refunded_fen <> s.gross_fen
      then format('paid %s + refunded %s is not total %s fen', s.net_fen, s.refunded_fen, s.gross_fen)
    when l.refunded_fen > s.refunded_fen
      then format('lines say %s, the order says %s fen refunded', l.refunded_fen, s.refunded_fen)
    when d.refunded_fen is null then 'a line says refunded, no document tells how much'
    else format('refund documents say %s, the order says %s fen refunded', d.refunded_fen,
      coalesce(s.refunded_fen, l.refunded_fen))
  end
from order_n{night} o
join sales_order s using (order_key)
left join lateral (
  select sum(k.refunded_fen) as refunded_fen, coalesce(bool_or(k.refunded_fen is null), false) as untold
  from order_line k
  where k.order_key = s.order_key and k.refund_state = 3
) l on true
left join (
  select r.order_key, sum(r.amount_fen) as refunded_fen
  from order_n{night} t join refund_document r using (order_key)
  where r.state = 2 and r.refunded_at < :cut
  group by r.order_key
) d on d.order_key = s.order_key
where s.present and s.paid_at is not null
  and (s.net_fen + s.refunded_fen <> s.gross_fen or l.refunded_fen > s.refunded_fen
    or l.untold and d.refunded_fen is null
    or not l.untold and d.refunded_fen <> coalesce(s.refunded_fen, l.refunded_fen));

-- name: find_orphans
insert into break_found
select 'ORPHAN_RETURN', r.channel, r.shop, r.order_no || '/' || r.line_key,
  format('return of %s fen%s found no sale', r.orphan_fen, case when r.member_id is null then ' without a card' else '' end)
from till_return r
where r.matched_night = :night and r.orphan_fen > 0;

-- name: find_points
-- Points the till printed for a line against the points the ledger gave for it.
insert into break_found
select 'POINTS_DIFF', s.channel, s.shop, s.order_no || '/' || l.line_key,
  format('the till gave %s points, the ledger %s', l.till_points, coalesce(p.earned, 0) + coalesce(n.earned, 0))
from order_n{night} o
join sales_order s using (order_key)
join order_line l using (order_key)
left join (
  select p.order_key, p.line_key, sum(p.earned) as earned
  from posting p join order_n{night} o using (order_key)
  group by p.order_key, p.line_key
) p on p.order_key = l.order_key and p.line_key = l.line_key
left join (
  select order_key, line_key, sum(earned) as earned from posting_n{night} group by order_key, line_key
) n on n.order_key = l.order_key and n.line_key = l.line_key
where o.class in ('POSTED', 'ZERO') and l.till_points is not null
  and l.till_points <> coalesce(p.earned, 0) + coalesce(n.earned, 0);

-- name: find_balances
-- What a platform lets its customers spend against what the ledger does, where both claim the same pool. A platform shows
-- what can be spent: available, neither pending nor owed. Several customers of one person add up. Of a person nobody
-- knows the ledger has nothing. Two files of one night that disagree are no balance at all.
with delivered as (
  select channel, shop, coalesce(member_id, token_key) as key, member_id, sha256, count(*) as customers,
    sum(points) as points
  from points_snapshot
  where night = :night and note = '' and (member_id is not null or token_key <> '')
  group by channel, shop, key, member_id, sha256
), person as (
  select channel, shop, key, member_id, max(customers) as customers, min(points) as theirs, max(points) as most
  from delivered
  group by channel, shop, key, member_id
)
insert into break_found
select 'POINTS_DIFF', p.channel, p.shop, p.key,
  case
    when p.theirs <> p.most then format('snapshots of one night say %s and %s points', p.theirs, p.most)
    else format('%s says %s points%s, the ledger %s: %s too %s there', p.channel, p.theirs,
      case when p.customers > 1 then format(' on %s customers', p.customers) else '' end, ours.available,
      abs(p.theirs - ours.available), case when p.theirs > ours.available then 'many' else 'few' end)
  end
from person p
join points_rule_n{night} r on r.channel = p.channel
left join balance b on b.member_id = p.member_id
left join balance_n{night} n on n.member_id = p.member_id
cross join lateral (select coalesce(n.available, b.available, 0) as available) ours
where (r.pool = 'shared' and (p.theirs <> p.most or p.theirs <> ours.available))
  or (r.combine is not null and p.theirs <> p.most and p.member_id is not null and not exists (
    select 1 from opening o join member m on m.member_id = o.member_id
    where o.channel = p.channel and coalesce(m.merged_into, m.member_id) = p.member_id));

-- name: find_balances_of_nobody
-- Customers without a key that tells who they are: one line per shop. What they hold is compared with and imported to
-- nobody.
insert into break_found
select 'POINTS_DIFF', s.channel, s.shop, 'unidentified customers',
  format('%s customers that nobody can be told by hold %s points', count(*), sum(s.points))
from (
  select distinct channel, shop, content, points
  from points_snapshot
  where night = :night and member_id is null and points > 0
    and (token_key = '' or channel not in (select channel from points_rule_n{night} where pool = 'shared'))
) s
join points_rule_n{night} r on r.channel = s.channel and (r.pool = 'shared' or r.combine is not null)
group by s.channel, s.shop;

-- name: find_openings_elsewhere
-- A member is opened once per channel: what another shop of it shows later is told, not imported.
insert into break_found
select 'POINTS_DIFF', s.channel, s.shop, s.member_id,
  format('holds %s points here; the opening of %s was taken from other shops of %s', sum(s.points), min(o.night), s.channel)
from points_snapshot s
join points_rule_n{night} r on r.channel = s.channel and r.combine is not null and r.pool = 'separate'
join opening o on o.channel = s.channel
join member m on m.member_id = o.member_id and coalesce(m.merged_into, m.member_id) = s.member_id
where s.night = :night and s.points > 0
  and not exists (
    select 1 from points_snapshot f join member k on k.member_id = f.member_id
    where f.channel = s.channel and f.shop = s.shop and f.night = o.night
      and coalesce(k.merged_into, k.member_id) = s.member_id)
group by s.channel, s.shop, s.member_id;

-- name: find_conflicts
insert into break_found
select 'IDENTITY_CONFLICT', b.channel, '', coalesce(b.order_no, left(encode(b.content, 'hex'), 12)), b.note
from binding b
where b.state = 'CONFLICT' and b.applied_night = :night
union all
select 'IDENTITY_CONFLICT', 'program', '', left(encode(f.content, 'hex'), 12), f.note
from member_fact f
where f.first_night = :night and f.note <> ''
union all
select 'IDENTITY_CONFLICT', channel, shop, token_key, note
from points_snapshot
where night = :night and note <> '' and channel in (
  select channel from points_rule_n{night} where pool = 'shared' or combine is not null);

-- name: find_totals
-- Orders in = the sum of all accounting classes, per channel and shop, chained to the previous night.
insert into break_found
select 'CONTROL_TOTAL', channel, shop, 'orders ' || :night::date,
  format('%s orders known, %s in the accounting classes', known, classed)
from (
  select channel, shop, sum(known) as known, sum(classed) as classed
  from (
    select channel, shop, sum(orders) as known, sum(orders) as classed
    from order_class_total where night = :previous group by channel, shop
    union all
    select s.channel, s.shop, count(*) filter (where s.class = ''), count(*) filter (where s.class = '' and o.class <> '')
    from order_n{night} o join sales_order s using (order_key)
    group by s.channel, s.shop
    union all
    select s.channel, s.shop, count(*), 0
    from sales_order s
    join (select distinct order_key from touched where night > :previous and night <= :night) t using (order_key)
    where not exists (select 1 from order_n{night} o where o.order_key = s.order_key)
    group by s.channel, s.shop
  ) t
  group by channel, shop
) t
where known <> classed;

-- name: find_rows
insert into break_found
select 'CONTROL_TOTAL', channel, shop, 'rows ' || sha256,
  format('%s: %s rows in, %s accounted for', file, rows_in,
    merged + superseded + duplicate + rejected + filtered + waiting)
from night_input
where night = :night and rows_in <> merged + superseded + duplicate + rejected + filtered + waiting;

-- name: find_one
insert into break_found values (:type, :channel, :shop, :key, :detail);

-- name: arrived
-- Whether a document that is expected every night came tonight, also when duplicate or empty.
select 1 from night_input
where night = :night and channel = :channel and document = :key and (:shop = '' or shop = :shop)
limit 1;

-- name: open
insert into break as known (id, type, channel, shop, key, first_night, state, detail)
select distinct on (f.type, f.channel, f.shop, f.key)
  left(encode(sha256(convert_to(concat_ws('|', f.type, f.channel, f.shop, f.key), 'UTF8')), 'hex'), 12),
  f.type, f.channel, f.shop, f.key, :night::date, 'OPEN', f.detail
from break_found f
order by f.type, f.channel, f.shop, f.key, f.detail
on conflict (id) do update set state = 'OPEN', closed_night = null, detail = excluded.detail
where known.state <> 'OPEN' or known.detail <> excluded.detail;

-- name: close_orders
-- The evidence arrived: what the night looked at and found in order closes.
update break b
set state = 'CLOSED', closed_night = :night
from order_n{night} o
join sales_order s using (order_key)
where b.state = 'OPEN' and b.type in ('UNATTRIBUTED', 'INCOMPLETE', 'REFUND_MISMATCH')
  and b.channel = s.channel and b.shop = s.shop and b.key = s.order_no
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_points
update break b
set state = 'CLOSED', closed_night = :night
from order_n{night} o
join sales_order s using (order_key)
join order_line l using (order_key)
where b.state = 'OPEN' and b.type = 'POINTS_DIFF'
  and b.channel = s.channel and b.shop = s.shop and b.key = s.order_no || '/' || l.line_key
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_balances
-- A later snapshot that shows the person and agrees.
update break b
set state = 'CLOSED', closed_night = :night
from (
  select channel, shop, member_id as key from points_snapshot where night = :night and member_id is not null
  union
  select channel, shop, token_key from points_snapshot where night = :night and token_key <> ''
  union
  select s.channel, s.shop, m.member_id
  from points_snapshot s join member m on m.merged_into = s.member_id
  where s.night = :night
  union
  select channel, shop, 'unidentified customers' from points_snapshot where night = :night
) seen
where b.state = 'OPEN' and b.type in ('POINTS_DIFF', 'IDENTITY_CONFLICT')
  and b.channel = seen.channel and b.shop = seen.shop and b.key = seen.key
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_missing
-- A later delivery of the document ends the wait for the earlier one.
update break b
set state = 'CLOSED', closed_night = :night
from night_input i
where i.night = :night and b.state = 'OPEN' and b.type = 'MISSING_DELIVERY' and b.first_night < :night
  and b.channel = i.channel and (b.shop = '' or b.shop = i.shop) and split_part(b.key, ' ', 1) = i.document;

-- name: opened
select count(*) from break where first_night = :night;
