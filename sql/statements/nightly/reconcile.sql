-- Compares channels, tills and documents with the ledger of base and night: opens, keeps and closes breaks.
-- grain: one row of break per disagreement, by (type, channel, shop, key); per class of waiting orders one a night
-- writes: break, break_event, waiting_order, night_expected, till_total
-- params: :hq text[], :told_by_api text[], :night date, :previous date, :cut timestamptz, :claim int, :zone text, :type text, :channel text, :shop text, :key text, :detail text
-- cost: a fixed number of set statements over the night's orders and returns, the open breaks, and the waiting orders that
--   the night looked at

-- name: create_found
create temporary table break_found (
  type text not null, channel text not null, shop text not null, key text not null, detail text not null,
  points bigint)
on commit drop;

-- name: create_waiting
create temporary table waiting_change (
  order_key uuid not null, channel text not null, shop text not null, was text, was_since date, was_points bigint,
  class text, since date, points bigint)
on commit drop;

-- name: waiting
-- Orders of the night that came to wait for a buyer or for documents, wait otherwise, or wait no more. A till ticket
-- without any buyer waits for nobody: who bought it will never be known.
insert into waiting_change
with candidate as (
  select order_key, class, ticket, would_be_points
  from order_n{night}
  where class in ('UNATTRIBUTED', 'INCOMPLETE')
), nobody as (
  select c.order_key
  from candidate c
  where c.class = 'UNATTRIBUTED' and c.ticket
    and not exists (select 1 from order_token t where t.order_key = c.order_key)
    and not exists (select 1 from order_claim k where k.order_key = c.order_key)
), waits as (
  select c.order_key, c.class, c.would_be_points
  from candidate c left join nobody n using (order_key)
  where n.order_key is null
)
select o.order_key, s.channel, s.shop, was.class, was.since, was.would_be_points, waits.class,
  case when waits.class = was.class then was.since when waits.class is not null then :night::date end,
  waits.would_be_points
from order_n{night} o
join sales_order s using (order_key)
left join waiting_order was using (order_key)
left join waits using (order_key)
where (was.class, was.would_be_points) is distinct from (waits.class, waits.would_be_points);

-- name: waiting_no_more
delete from waiting_order w
using waiting_change c
where w.order_key = c.order_key and c.class is null;

-- name: waiting_now
insert into waiting_order (order_key, class, channel, shop, since, would_be_points)
select order_key, class, channel, shop, since, points
from waiting_change
where class is not null
on conflict (order_key) do update set
  class = excluded.class, since = excluded.since, would_be_points = excluded.would_be_points;

-- name: create_class
create temporary table waiting_class (
  id text not null, type text not null, channel text not null, shop text not null, since date not null,
  orders bigint not null, points bigint not null)
on commit drop;

-- name: classes
-- What the night changed of each class: by the orders that changed, so that nobody counts those that only wait.
insert into waiting_class
select left(encode(sha256(convert_to(concat_ws('|', class, channel, shop, since), 'UTF8')), 'hex'), 12), class, channel,
  shop, since, sum(orders), sum(points)
from (
  select was as class, channel, shop, was_since as since, -1 as orders, -was_points as points
  from waiting_change where was is not null
  union all
  select class, channel, shop, since, 1, points
  from waiting_change where class is not null
) t
group by class, channel, shop, since
having sum(orders) <> 0 or sum(points) <> 0;

-- name: class_opened
insert into break (id, type, channel, shop, key, first_night, state, detail, orders, points)
select id, type, channel, shop, since::text, since, 'OPEN', '', 0, 0
from waiting_class
on conflict (id) do nothing;

-- name: class_counted
-- A class ends by itself when none of its orders is left in it.
update break b
set orders = n.orders, points = n.points,
  state = case when b.state = 'OPEN' and n.orders = 0 then 'CLOSED' else b.state end,
  closed_night = case when b.state = 'OPEN' and n.orders = 0 then :night else b.closed_night end,
  detail = format(
    case when b.type = 'UNATTRIBUTED' then '%s without a known buyer; would earn %s'
      else '%s whose documents are not all there; would earn %s' end,
    case n.orders when 1 then '1 order' else n.orders || ' orders' end,
    case n.points when 1 then '1 point' else n.points || ' points' end)
from (
  select c.id, k.orders + c.orders as orders, k.points + c.points as points
  from waiting_class c join break k using (id)
) n
where b.id = n.id;

-- name: class_told
insert into break_event (break_id, night, event, detail)
select b.id, :night, case when b.first_night = :night then 'OPENED' else 'CHANGED' end, b.detail
from waiting_class c join break b using (id)
where b.orders > 0;

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
where r.matched_night = :night and r.orphan_fen > 0
union all
select 'ORPHAN_RETURN', r.channel, r.shop, r.order_no || '/' || r.line_key,
  format('return of %s fen found no sale', r.orphan_fen - sum(x.amount_fen))
from till_return r
join return_match x on x.return_order_key = r.order_key and x.return_line_key = r.line_key and x.night > r.matched_night
where r.matched_night < :night
  and exists (
    select 1 from return_match t
    where t.night = :night and t.return_order_key = r.order_key and t.return_line_key = r.line_key)
group by r.order_key, r.line_key
having r.orphan_fen > sum(x.amount_fen);

-- name: find_double_shops
-- One break per order that a shop showed although it is another one's: the same, however often and in whatever files.
insert into break_found
select distinct 'DOUBLE_CHANNEL', i.channel, r.shop, r.order_no, r.record_masked
from reject_n{night} r
join night_input i on i.night = :night and i.n = r.delivery
where r.reason = 'DOUBLE_SHOP';

-- name: forget_till
-- Of a night that is reconciled again.
delete from till_total where night = :night;

-- name: find_points
-- Points the till printed for a line against the points the ledger gave for it: only receipts have such. Both are summed on
-- the way, for the report.
with line as (
  select s.channel, s.shop, s.order_no, l.line_key, l.till_points as theirs, coalesce(p.earned, 0) + coalesce(n.earned, 0) as ours
  from order_n{night} o
  join sales_order s using (order_key)
  join order_line l using (order_key)
  left join (
    select order_key, line_key, sum(earned) as earned from posting_before_n{night} group by order_key, line_key
  ) p on p.order_key = l.order_key and p.line_key = l.line_key
  left join (
    select order_key, line_key, sum(earned) as earned
    from (
      select order_key, line_key, earned from posting_n{night}
      union all
      select order_key, line_key, earned from posting_again_n{night}
    ) t
    group by order_key, line_key
  ) n on n.order_key = l.order_key and n.line_key = l.line_key
  where o.ticket and o.class in ('POSTED', 'ZERO') and l.till_points is not null
), summed as (
  insert into till_total (night, channel, shop, lines, till_points, ledger_points)
  select :night::date, channel, shop, count(*), sum(theirs), sum(ours) from line group by channel, shop
)
insert into break_found
select 'POINTS_DIFF', channel, shop, order_no || '/' || line_key,
  format('the till gave %s points, the ledger %s', theirs, ours)
from line
where theirs <> ours;

-- name: find_balances
-- What a platform lets its customers spend against what the ledger does, where both claim the same pool. A platform shows
-- what can be spent: available, neither pending nor owed. Only in the night that imports its balance it is compared with
-- what the import left, pending and owed counted, all shops together: that is what it was compared with to be imported.
-- Several customers of one person add up. Of a person nobody knows the ledger has nothing. Two files of one night that
-- disagree are no balance at all.
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
    else format('%s says %s points%s, the ledger %s%s: %s too %s there', p.channel, shown.theirs,
      case when p.customers > 1 then format(' on %s customers', p.customers) else '' end, shown.ours,
      case when o.member_id is not null then ' after the opening, pending and owed counted' else '' end,
      abs(shown.theirs - shown.ours), case when shown.theirs > shown.ours then 'many' else 'few' end)
  end
from person p
join points_rule_n{night} r on r.channel = p.channel
left join balance b on b.member_id = p.member_id
left join balance_n{night} n on n.member_id = p.member_id
left join opening_n{night} o on o.channel = p.channel and o.member_id = p.member_id
cross join lateral (
  select coalesce(o.theirs, p.theirs) as theirs, coalesce(o.ours + o.points, n.available, b.available, 0) as ours
) shown
where (r.pool = 'shared'
    and (p.theirs <> p.most or coalesce(o.shop, p.shop) = p.shop and shown.theirs <> shown.ours))
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
-- Evidence that contradicts what is known: which two people, by what they are known, where it was read, what decides it.
insert into break_found
select 'IDENTITY_CONFLICT', v.channel, '', v.key,
  concat_ws('; ', v.note, people.members, format('read in %s row %s (%s)', d.file, e.source_row, e.tokens),
    'look: ' || coalesce(people.commands || ', ', '') || './omnipoints breaks show ' || b.id,
    format('decide: %s in inbox/program, or leave it so: ./omnipoints breaks resolve %s --because TEXT', v.decide, b.id))
from evidence_verdict_n{night} v
cross join lateral (
  -- as every break is named
  select left(encode(sha256(convert_to('IDENTITY_CONFLICT|' || v.channel || '||' || v.key, 'UTF8')), 'hex'), 12) as id
) b
cross join lateral (
  select b.source_sha256, b.source_row, b.content from binding b where v.source = 'BINDING' and b.content = v.content
  union all
  select f.source_sha256, f.source_row, f.content from member_fact f where v.source = 'FACT' and f.content = v.content
) r
cross join lateral (
  select r.source_sha256, r.source_row, string_agg(t.kind || ' ' || t.shown, ', ' order by t.kind, t.shown) as tokens
  from evidence_token t where t.content = r.content
) e
left join lateral (
  select min(file) as file from delivery where channel = 'program' and sha256 = e.source_sha256
) d on true
left join lateral (
  select string_agg(p.member_id || coalesce(' (' || k.tokens || ')', ''), ' and ' order by p.member_id) as members,
    string_agg('./omnipoints member ' || p.member_id, ', ' order by p.member_id) as commands
  from party_n{night} p
  left join lateral (
    select string_agg(t.kind || ' ' || t.shown, ', ' order by t.kind, t.shown) as tokens
    from member m join token t on t.member_id = m.member_id and t.valid_to = 'infinity'
    where m.member_id = p.member_id or m.merged_into = p.member_id
  ) k on true
  where p.party in (v.one, v.other) and p.member_id is not null
) people on true
where v.state = 'CONFLICT' and v.source in ('BINDING', 'FACT')
union all
select 'IDENTITY_CONFLICT', channel, shop, token_key, note
from points_snapshot
where night = :night and note <> '' and channel in (
  select channel from points_rule_n{night} where pool = 'shared' or combine is not null);

-- name: find_totals
-- Orders in = the sum of all accounting classes, per channel and shop, chained to the previous night. What the night looked
-- at and classed counts on both sides: only where an order was left out there is anything to sum.
insert into break_found
select 'CONTROL_TOTAL', l.channel, l.shop, 'orders ' || :night::date,
  format('%s orders known, %s in the accounting classes', c.orders + l.orders, c.orders)
from (
  select s.channel, s.shop, count(*) as orders
  from (select order_key from work_n{night} except select order_key from order_n{night}) w
  join sales_order s using (order_key)
  group by s.channel, s.shop
) l
cross join lateral (
  select coalesce((
      select sum(t.orders) from order_class_total t
      where t.night = :previous and t.channel = l.channel and t.shop = l.shop), 0)
    + (select count(*) from order_n{night} o join sales_order s using (order_key)
       where not o.known and s.channel = l.channel and s.shop = l.shop) as orders
) c;

-- name: find_rows
insert into break_found
select 'CONTROL_TOTAL', channel, shop, 'rows ' || sha256,
  format('%s: %s rows in, %s accounted for', file, rows_in,
    merged + superseded + duplicate + rejected + filtered + waiting)
from night_input
where night = :night and rows_in <> merged + superseded + duplicate + rejected + filtered + waiting;

-- name: find_doubled
-- Till files in which every row stands an even number of times, whose rows wait.
insert into break_found
select 'DOUBLED_ROWS', channel, shop, document || ' ' || sha256,
  format('%s: each of its rows stands there an even number of times, as in a file that was appended to itself; its %s rows '
    'wait: breaks resolve --accept posts them in the next night, else have the file sent anew', file, rows_in)
from night_input
where night = :night and held;

-- name: find_pulls
-- Windows of an API that are not proven, of facts the night should know: one break per shop and query. What is missing is
-- posted by the night in which it comes.
insert into break_found
select 'INCOMPLETE_PULL', channel, shop, api,
  format('%s of the time from %s to %s %s not proven to be complete: %s',
    case count(*) when 1 then '1 window' else count(*) || ' windows' end,
    to_char(min(from_at) at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'),
    to_char(max(to_at) at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'),
    case count(*) when 1 then 'is' else 'are' end,
    coalesce(min(reason) filter (where reason <> ''), 'not asked yet'))
from pull_window
where state <> 'PROVEN' and from_at < :cut
group by channel, shop, api;

-- name: find_syncs
-- What platforms say that members have after they were told, where they say it at all. A later telling that agrees ends it.
insert into break_found
select 'POINTS_DIFF', r.platform, '', 'sync ' || r.member_id || '/' || left(encode(r.hash, 'hex'), 6),
  format('%s says %s points, the ledger %s: %s too %s there', r.platform, r.theirs, r.points, abs(r.theirs - r.points),
    case when r.theirs > r.points then 'many' else 'few' end)
from sync_request r
where r.platform = any (:told_by_api::text[]) and r.theirs <> r.points and r.state = 'TAKEN'
  and not exists (
    select 1 from sync_request l
    where l.platform = r.platform and l.channel = r.channel and l.hash = r.hash and l.night > r.night and l.theirs is not null);

-- name: find_untold
-- Members whose points a platform was not told of by now, by what became of it: one break per platform and reason.
insert into break_found
select 'POINTS_DIFF', platform, '', 'sync ' || class,
  format(case class
      when 'refused' then '%s does not take what it is told of %s, since %s: %s'
      when 'no answer' then 'nobody knows whether %s took what it was told of %s, since %s: %s'
      else '%s was not told what %s may spend, since %s: %s' end,
    platform, case count(*) when 1 then '1 member' else count(*) || ' members' end, min(night),
    coalesce(min(reason) filter (where reason <> ''), 'not sent yet'))
from (
  select t.platform, t.night, r.reason,
    case r.state when 'REFUSED' then 'refused' when 'SENT' then 'no answer' else 'not told' end as class
  from (
    select distinct on (platform, channel, hash) platform, channel, hash, night
    from balance_sent
    where state = 'OPEN' and platform = any (:told_by_api::text[]) and night < :night
    order by platform, channel, hash, night desc
  ) t
  left join lateral (
    select state, reason from sync_request r
    where r.platform = t.platform and r.channel = t.channel and r.hash = t.hash
    order by r.night desc limit 1
  ) r on true
) s
group by platform, class;

-- name: find_acks
-- Closes that others have received otherwise than they stand here: one break per night that was closed.
insert into break_found
select 'CONTROL_TOTAL', 'program', '', 'close ' || a.closed,
  format('others confirm the close %s of %s, which here is %s', left(min(a.close_hash), 12), a.closed,
    coalesce(left(min(c.close_hash), 12), 'not closed'))
from close_ack a
left join close c on c.night = a.closed
where a.first_night = :night and a.close_hash is distinct from c.close_hash
group by a.closed;

-- name: find_adjustments
-- What people asked for and may not have, each once: with another number it can be asked for again.
insert into break_found
select 'ADJUSTMENT_REFUSED', 'program', '', adjustment_no,
  format('%s points for %s are not booked: %s', points, member_id, against), abs(points)
from adjusted_n{night}
where against <> '';

-- name: find_written_off
-- What was to be written off and was not owed.
insert into break_found
select 'ADJUSTMENT_REFUSED', 'program', '', x.adjustment_no,
  format('of %s points to be written off for %s only %s were owed: %s are not booked', x.points, x.member_id,
    coalesce(w.points, 0), x.points - coalesce(w.points, 0)), x.points - coalesce(w.points, 0)
from adjusted_n{night} x
left join (
  select cause_key, sum(points)::bigint as points
  from entry_n{night}
  where kind = 'WRITE_OFF' and cause_type = 'ADJUSTMENT'
  group by cause_key
) w on w.cause_key = x.adjustment_no
where x.write_off and not x.taken_back and x.against = '' and x.points > coalesce(w.points, 0);

-- name: find_adjustments_of_nobody
insert into break_found
select 'ADJUSTMENT_REFUSED', 'program', '', adjustment_no,
  format('%s points for somebody whom nobody knew within %s days are not booked: MEMBER', points, :claim::int), abs(points)
from adjustment
where night >= :previous::date - :claim::int and night < :night::date - :claim::int and due_on is null;

-- name: find_unsigned
-- Passes and tiers that documents of the night give, and that two of the head office have not; accounts that others than
-- those want to freeze, let go or close.
insert into break_found
select 'ADJUSTMENT_REFUSED', 'program', '', file || ' row ' || source_row,
  format('%s %s, %s row %s, is not given by two of the head office, and does not count', lower(what), name, file, source_row),
  null::bigint
from standing
where night = :night and what in ('PASS', 'TIER')
  and (requested_by = any (:hq::text[]) and approved_by = any (:hq::text[]) and requested_by <> approved_by) is not true
union all
select 'ADJUSTMENT_REFUSED', 'program', '', file || ' row ' || source_row,
  format('account %s, %s row %s, is not signed by two of the head office, and does not count', lower(state), file, source_row),
  null::bigint
from account_state
where due_on > :previous and due_on <= :night and not signed;

-- name: find_unknown_people
-- Rows of our own documents whose people nobody has come to know in time count for nothing.
insert into break_found
select 'UNATTRIBUTED', 'program', '', document || ' ' || night,
  format('%s of %s, read in night %s, name people whom nobody knew within %s days, and count for nothing',
    case count(*) when 1 then '1 row' else count(*) || ' rows' end, document, night, :claim::int), null
from own_row
where night >= :previous::date - :claim::int and night < :night::date - :claim::int and known_night is null
  and document <> 'adjustment' and withdrawn is null
group by document, night;

-- name: find_one
insert into break_found values (:type, :channel, :shop, :key, :detail);

-- name: arrived
-- Whether a document that is expected every night came tonight, also when duplicate or empty.
select 1 from night_input
where night = :night and channel = :channel and document = :key and (:shop = '' or shop = :shop)
  and outcome <> 'WRONG_SHOP'
limit 1;

-- name: missing
-- Also what came for another shop than its folder's.
update night_expected e
set state = case when exists (select 1 from night_without w where w.night = :night and w.channel = :channel)
  then 'WITHOUT' else 'MISSING' end
where night = :night and channel = :channel and shop = :shop and document = :key;

-- name: without
select reason from night_without where night = :night and channel = :channel;

-- name: told
-- What the night says for the first time, says otherwise, or says again of a break that had ended.
insert into break_event (break_id, night, event, detail)
select f.id, :night, case when b.id is null then 'OPENED' when b.state = 'OPEN' then 'CHANGED' else 'REOPENED' end, f.detail
from (
  select distinct on (f.type, f.channel, f.shop, f.key)
    left(encode(sha256(convert_to(concat_ws('|', f.type, f.channel, f.shop, f.key), 'UTF8')), 'hex'), 12) as id, f.detail
  from break_found f
  order by f.type, f.channel, f.shop, f.key, f.detail
) f
left join break b using (id)
where b.id is null or b.state = 'CLOSED' or b.detail <> f.detail;

-- name: open
-- What a person has ended stays ended as long as the very same is found; found otherwise, it is open again, and told.
insert into break as known (id, type, channel, shop, key, first_night, state, detail, points)
select distinct on (f.type, f.channel, f.shop, f.key)
  left(encode(sha256(convert_to(concat_ws('|', f.type, f.channel, f.shop, f.key), 'UTF8')), 'hex'), 12),
  f.type, f.channel, f.shop, f.key, :night::date, 'OPEN', f.detail, f.points
from break_found f
order by f.type, f.channel, f.shop, f.key, f.detail
on conflict (id) do update set state = 'OPEN', closed_night = null, detail = excluded.detail, points = excluded.points
where known.state = 'CLOSED' or known.detail <> excluded.detail;

-- name: close_orders
-- The evidence arrived: what the night looked at and found in order closes.
update break b
set state = 'CLOSED', closed_night = :night
from order_n{night} o
join sales_order s using (order_key)
where b.state = 'OPEN' and b.type = 'REFUND_MISMATCH'
  and b.channel = s.channel and b.shop = s.shop and b.key = s.order_no
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_pulls
-- What was missing was pulled.
update break b
set state = 'CLOSED', closed_night = :night
where b.state = 'OPEN' and b.type = 'INCOMPLETE_PULL'
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_syncs
-- The platform was told, and says what the ledger says; or it is told no more.
update break b
set state = 'CLOSED', closed_night = :night
where b.state = 'OPEN' and b.type = 'POINTS_DIFF' and b.key like 'sync %'
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_orphans
-- A sale arrived for the return, or for what was left of it.
update break b
set state = 'CLOSED', closed_night = :night
from return_match x
join till_return r on r.order_key = x.return_order_key and r.line_key = x.return_line_key
where x.night = :night and r.matched_night < :night
  and b.state = 'OPEN' and b.type = 'ORPHAN_RETURN'
  and b.channel = r.channel and b.shop = r.shop and b.key = r.order_no || '/' || r.line_key
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_double_shops
-- The rows of the order that were not used are settled.
update break b
set state = 'CLOSED', closed_night = :night
where b.state = 'OPEN' and b.type = 'DOUBLE_CHANNEL' and b.first_night < :night
  and not exists (
    select 1 from quarantine q
    where q.reason = 'DOUBLE_SHOP' and q.state = 'OPEN' and q.channel = b.channel and q.shop = b.shop and q.order_no = b.key)
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_points
-- Of shops that have any: the night's orders there, and of each its lines.
with shop as materialized (
  select distinct channel, shop from break where state = 'OPEN' and type = 'POINTS_DIFF'
), looked as materialized (
  select s.order_key, s.channel, s.shop, s.order_no
  from order_n{night} o
  join sales_order s using (order_key)
  join shop using (channel, shop)
), line as materialized (
  select o.channel, o.shop, o.order_no || '/' || l.line_key as key
  from looked o
  cross join lateral (select line_key from order_line l where l.order_key = o.order_key offset 0) l
)
update break b
set state = 'CLOSED', closed_night = :night
from line l
where b.state = 'OPEN' and b.type = 'POINTS_DIFF' and b.channel = l.channel and b.shop = l.shop and b.key = l.key
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

-- name: close_conflicts
-- Later evidence of the same order, buyer or card that contradicts nothing.
update break b
set state = 'CLOSED', closed_night = :night
from evidence_verdict_n{night} v
where b.state = 'OPEN' and b.type = 'IDENTITY_CONFLICT' and b.shop = '' and b.channel = v.channel and b.key = v.key
  and v.state = 'APPLIED'
  and not exists (
    select 1 from break_found f
    where f.type = b.type and f.channel = b.channel and f.shop = b.shop and f.key = b.key);

-- name: close_missing
-- A later delivery of the document ends the wait for the earlier one.
update break b
set state = 'CLOSED', closed_night = :night
from night_input i
where i.night = :night and b.state = 'OPEN' and b.type = 'MISSING_DELIVERY' and b.first_night < :night
  and b.channel = i.channel and (b.shop = '' or b.shop = i.shop) and split_part(b.key, ' ', 1) = i.document
  and i.outcome <> 'WRONG_SHOP';

-- name: closed
insert into break_event (break_id, night, event, detail)
select id, :night, 'CLOSED', detail from break where closed_night = :night and state = 'CLOSED'
on conflict (break_id, night) do nothing;

-- name: opened
-- Breaks that are there since this night, or again.
select (select count(*) from break where first_night = :night)
  + (select count(*) from break_event where night = :night and event = 'REOPENED');
