-- Joins the rows of one night into the order space and writes the night's work set, in one transaction. What an order is
-- after the join is decided by one pure function (OrderJoin); here stands what it is told of each order, and what rows that
-- speak of no order become.
-- grain: one row of sales_order, order_line, till_return, order_token, binding, member_fact per fact; work_n one per order
-- writes: sales_order, order_line, order_split, refund_document, till_return, order_token, binding, member_told, member_fact,
--   evidence_token, close_ack, refund_seen, points_snapshot, quarantine, touched, night_input, work_n, sold_n, again_n
-- params: :night date, :previous date, :keys uuid[], :channels text[], :numbers text[],
--   :from uuid[], :to uuid[], :number text[], :n int, :merged bigint, :superseded bigint, :duplicate bigint, :waiting bigint
-- cost: per range of order numbers one probe by key of what is known, one COPY per table, one update of what changed; then
--   a fixed number of set statements over what speaks of no order, and over rejected rows

-- name: drop
drop table if exists work_n{night}, sold_n{night}, again_n{night}, conflict_n{night}, linked_n{night}, paid_child_n{night};

-- name: create_work
-- The orders that are decided tonight.
create table work_n{night} (order_key uuid not null);

-- name: create_sold
-- What tills sold in the deliveries of tonight, where orphaned returns wait for their sale.
create table sold_n{night} (channel text collate "C" not null, sku text collate "C" not null, at timestamptz not null);

-- name: create_again
-- Orders with rejected rows, and the deliveries that show them tonight.
create table again_n{night} (order_key uuid not null, delivery integer not null, rows integer not null);

-- name: create_linked
-- Orders whose tokens of several kinds are one person's.
create table linked_n{night} (order_key uuid not null);

-- name: create_conflict
-- Rows that contradict others.
create table conflict_n{night} (like reject_n{night} including defaults);

-- name: create_paid_child
-- Orders split from one that was paid: what closes them closes something paid. As known before the join.
create table paid_child_n{night} (order_key uuid primary key, paid_at timestamptz not null);

-- name: inputs
select n, channel, document, sha256, grain,
  exists (
    select 1 from quarantine_action a
    where a.sha256 = i.sha256 and (a.action = 'REPLAY' and a.row > 0 or a.action = 'WAIVE')) as rows_again
from night_input i
where night = :night and outcome in ('ACCEPTED', 'REVISION', 'EMPTY') and not held
order by n;

-- name: rows_accepted
select order_key, rows from limit_accepted where rows > 0;

-- name: shops
-- Shops that a channel has had so far.
select distinct channel, shop from order_class_total where channel = any (:channels);

-- name: orphans_wait
select exists (select 1 from till_return where orphan_fen > 0);

-- name: paid_children
-- A split of a split hands the payment on, also where both are told in one night.
insert into paid_child_n{night}
with recursive split as (
  select s.parent_key, s.child_key, o.paid_at
  from order_split s left join sales_order o on o.order_key = s.parent_key
  union all
  select l.parent_key, l.child_key, coalesce(l.paid_at, o.paid_at)
  from split_n{night} l left join sales_order o on o.order_key = l.parent_key
), paid as (
  select child_key as order_key, paid_at from split where paid_at is not null
  union
  select s.child_key, p.paid_at from paid p join split s on s.parent_key = p.order_key
)
select order_key, min(paid_at) from paid group by order_key;

-- name: known_orders
select * from sales_order where order_key = any (:keys);

-- name: known_lines
select * from order_line where order_key = any (:keys) order by order_key, line_key;

-- name: known_refunds
select * from refund_document where order_key = any (:keys) order by order_key, refund_no;

-- name: known_returns
select * from till_return where order_key = any (:keys) order by order_key, line_key;

-- name: known_tokens
-- First seen first: of several tokens of one kind it counts.
select * from order_token where order_key = any (:keys) order by order_key, night, kind, hash;

-- name: known_seen
-- What had been paid back, as of the latest night before.
select distinct on (order_key, line_key) *
from refund_seen
where order_key = any (:keys) and night < :night
order by order_key, line_key, night desc;

-- name: known_quarantined
select distinct order_key from quarantine where order_key = any (:keys);

-- name: known_claimed
select order_key from order_claim where order_key = any (:keys);

-- name: known_paid
select order_key, paid_at from paid_child_n{night} where order_key = any (:keys);

-- name: known_shops
-- In which shops something real has a number.
select o.channel, o.order_no, o.shop
from sales_order o
where (o.channel, o.order_no) in (select * from unnest(:channels::text[], :numbers::text[]))
  and (o.present or exists (select 1 from order_line l where l.order_key = o.order_key)
    or exists (select 1 from refund_document r where r.order_key = o.order_key));

-- name: moved_orders
update sales_order t set order_key = m."to", order_no = m.number
from unnest(:from::uuid[], :to::uuid[], :number::text[]) as m ("from", "to", number)
where t.order_key = m."from";

-- name: moved_lines
update order_line t set order_key = m."to"
from unnest(:from::uuid[], :to::uuid[], :number::text[]) as m ("from", "to", number)
where t.order_key = m."from";

-- name: moved_returns
update till_return t set order_key = m."to", order_no = m.number
from unnest(:from::uuid[], :to::uuid[], :number::text[]) as m ("from", "to", number)
where t.order_key = m."from";

-- name: moved_verdicts
update verdict t set order_key = m."to"
from unnest(:from::uuid[], :to::uuid[]) as m ("from", "to")
where t.order_key = m."from";

-- name: moved_touches
update touched t set order_key = m."to"
from unnest(:from::uuid[], :to::uuid[]) as m ("from", "to")
where t.order_key = m."from" and t.night >= :night;

-- name: strangers
-- What was rejected of an order in the wrong shop parks nothing.
update reject_n{night} set order_key = null where order_key = any (:keys);

-- name: conflicts
insert into reject_n{night} select * from conflict_n{night};

-- name: inherited_payments
-- The children of a split order were paid with it, also those that no delivery of the night shows, and theirs.
with recursive split as (
  select s.parent_key, s.child_key, o.paid_at
  from order_split s left join sales_order o on o.order_key = s.parent_key
), paid as (
  select child_key, paid_at from split where paid_at is not null
  union
  select s.child_key, p.paid_at from paid p join split s on s.parent_key = p.child_key
)
update sales_order child
set parent_paid = true, state = case when child.state = 2 then 6 else child.state end,
  paid_at = case when child.paid_told or child.state in (2, 6) then child.paid_at else paid.paid_at end
from (select child_key, min(paid_at) as paid_at from paid group by child_key) paid
where child.order_key = paid.child_key and child.present
  and (not child.parent_paid or child.state = 2
    or not child.paid_told and child.state <> 6 and child.paid_at is distinct from paid.paid_at);

-- name: bindings
insert into binding (content, channel, order_no, shop, bound_at, state, first_night, source_sha256, source_row)
select distinct on (b.content) b.content, b.channel, b.order_no, b.shop, b.bound_at, 'WAITING', :night, i.sha256, b.row
from shown_binding_n{night} b
join night_input i on i.night = :night and i.n = b.delivery
order by b.content, i.sha256, b.row
on conflict (content) do nothing;

-- name: told_before
-- A night that thawed and lands again states its own member rows anew.
delete from member_told where night = :night;

-- name: told
-- What the night's member rows say of a card or phone, laid over what nights before said; an empty cell erases nothing.
-- grain: one row per token whose rows say anything new
insert into member_told (kind, hash, night, birthday, join_date, home_shop, phone)
select l.kind, l.hash, :night, coalesce(l.birthday, b.birthday), coalesce(l.join_date, b.join_date),
  coalesce(nullif(l.home_shop, ''), b.home_shop, ''), coalesce(l.phone, b.phone)
from (
  select kind, hash, max(birthday) as birthday, max(join_date) as join_date, max(home_shop) as home_shop,
    (array_agg(phone) filter (where phone is not null))[1] as phone
  from shown_member_n{night}
  group by kind, hash
) l
left join lateral (
  select t.* from member_told t
  where t.kind = l.kind and t.hash = l.hash and t.night < :night
  order by t.night desc limit 1
) b on true
where b.night is null or l.birthday <> b.birthday or l.join_date <> b.join_date
  or (l.home_shop <> '' and l.home_shop <> b.home_shop) or l.phone <> b.phone
  or (b.birthday is null and l.birthday is not null) or (b.join_date is null and l.join_date is not null)
  or (b.phone is null and l.phone is not null);

-- name: member_facts
insert into member_fact as known (content, birthday, join_date, home_shop, first_night, source_sha256, source_row)
select distinct on (m.content) m.content, m.birthday, m.join_date, m.home_shop, :night, i.sha256, m.row
from shown_member_n{night} m
join night_input i on i.night = :night and i.n = m.delivery
join member_told t on t.kind = m.kind and t.hash = m.hash and t.night = :night
order by m.content, i.sha256, m.row
on conflict (content) do update set source_sha256 = excluded.source_sha256, source_row = excluded.source_row
where known.note = '' and known.first_night < :night;

-- name: acks_again
-- A night that thawed and lands again states its own acknowledgements anew.
delete from close_ack where first_night = :night;

-- name: acks
insert into close_ack (closed, close_hash, first_night, source_sha256, source_row)
select distinct on (a.closed, a.close_hash) a.closed, a.close_hash, :night::date, i.sha256, a.row
from shown_ack_n{night} a
join night_input i on i.night = :night and i.n = a.delivery
order by a.closed, a.close_hash, i.sha256, a.row
on conflict do nothing;

-- name: evidence_tokens
insert into evidence_token (content, side, kind, channel, hash, shown)
select distinct on (content, side, kind, channel, hash) content, side, kind, channel, hash, shown
from shown_evidence_n{night}
order by content, side, kind, channel, hash, shown
on conflict do nothing;

-- name: snapshots_again
-- A night that thawed and lands again states its own snapshots anew.
delete from points_snapshot where night = :night;

-- name: snapshots
insert into points_snapshot (night, channel, shop, sha256, content, row, points, kind, shown, token_key)
select distinct on (b.channel, b.shop, i.sha256, b.content) :night::date, b.channel, b.shop, i.sha256, b.content, b.row,
  b.points, coalesce(t.kind, ''), coalesce(t.shown, ''),
  coalesce(t.shown || '~' || left(encode(t.hash, 'hex'), 6), '')
from shown_balance_n{night} b
join night_input i on i.night = :night and i.n = b.delivery
left join (
  select distinct on (content) content, kind, shown, hash
  from shown_balance_token_n{night}
  order by content, kind, channel, hash
) t on t.content = b.content
order by b.channel, b.shop, i.sha256, b.content, b.row;

-- name: snapshots_before
delete from points_snapshot s
using (select distinct channel, shop from shown_balance_n{night}) newer
where s.channel = newer.channel and s.shop = newer.shop and s.night < :night
  and not exists (
    select 1 from opening o
    where o.channel = s.channel and o.night = s.night and o.member_id = s.member_id);

-- name: quarantine
insert into quarantine (id, first_night, channel, shop, document, file, sha256, row, column_name, reason, value_masked,
  record_masked, order_no, order_key, replay_of, order_rows)
select distinct on (id) id, :night, channel, shop, document, file, sha256, row, column_name, reason, value_masked,
  record_masked, order_no, order_key, replay_of, order_rows
from (
  select left(encode(sha256(convert_to(concat_ws('|', i.channel, i.shop, i.document, i.sha256, r.row, r.column_name,
      r.reason, case when r.glued then r.order_no end), 'UTF8')), 'hex'), 16) as id,
    i.channel, coalesce(r.shop, i.shop) as shop, i.document, i.file, i.sha256, r.row, r.column_name, r.reason,
    r.value_masked, r.record_masked, r.order_no, r.order_key,
    -- so many rows of the delivery speak of the order, this one with them
    coalesce(g.rows, 0) + coalesce(o.rows, 0) as order_rows,
    -- a replayed row that is rejected again belongs to the reject it was a replay of
    (select min(a.subject) from quarantine_action a
     where a.action = 'REPLAY' and a.sha256 = i.sha256 and a.row = r.row) as replay_of
  from reject_n{night} r
  join night_input i on i.night = :night and i.n = r.delivery
  left join again_n{night} g on g.order_key = r.order_key and g.delivery = r.delivery
  left join (
    -- rows that contradict each other are one fact: what no longer contradicts itself settles it
    select order_key, delivery,
      count(distinct case when reason = 'CONFLICTING_ROWS' then value_masked else '#' || row end) as rows
    from reject_n{night}
    where order_key is not null
    group by order_key, delivery
  ) o on o.order_key = r.order_key and o.delivery = r.delivery
  where not r.withheld
) q
on conflict (id) do nothing;

-- name: replayed
-- A later delivery of the same document that shows the order without a reject, and with no fewer rows than the one that
-- had the reject, stands for the rejected rows: what shows fewer may not hold them. A replay
-- stands for the rows it carries only: other rejected rows of the order may be missing from it.
update quarantine q set state = 'REPLAYED', settled_night = :night
where q.state = 'OPEN' and q.first_night < :night
  and q.order_key in (select order_key from again_n{night})
  and exists (
    select 1
    from again_n{night} good
    join night_input i on i.night = :night and i.n = good.delivery
    where good.order_key = q.order_key and i.channel = q.channel and i.document = q.document
      and good.rows >= q.order_rows
      and not exists (
        select 1 from quarantine_action a
        where a.sha256 = i.sha256 and (a.action = 'REPLAY' and a.row > 0 or a.action = 'WAIVE')))
  and not exists (
    select 1 from reject_n{night} r
    join night_input i on i.night = :night and i.n = r.delivery
    where r.order_key = q.order_key and i.document = q.document);

-- name: replayed_rows
-- A replay whose row was read without a reject, also where the order of the rejected row could not be read.
update quarantine q set state = 'REPLAYED', settled_night = :night
from quarantine_action a
join night_input i on i.night = :night and i.sha256 = a.sha256 and i.outcome in ('ACCEPTED', 'REVISION')
where a.subject = q.id and a.action = 'REPLAY' and a.row > 0
  and q.state in ('OPEN', 'WAIVED') and q.channel = i.channel
  and not exists (
    select 1 from reject_n{night} r where r.delivery = i.n and r.row = a.row);

-- name: replayed_again
-- With a reject are settled those of its own earlier replays.
update quarantine again set state = q.state, settled_night = :night
from quarantine q
where again.replay_of = q.id and again.state = 'OPEN' and q.settled_night = :night and q.state = 'REPLAYED';

-- name: parked
-- A reject inside an order parks the order until it is replayed or waived.
with changed as (
  select o.order_key, exists (
      select 1 from quarantine q where q.order_key = o.order_key and q.state = 'OPEN') as parked
  from (
    select order_key from reject_n{night} where order_key is not null
    union
    select order_key from again_n{night}
    union
    select order_key from quarantine where settled_night = :night and order_key is not null
  ) t
  join sales_order o using (order_key)
), flagged as (
  update sales_order o set parked = changed.parked
  from changed
  where o.order_key = changed.order_key and o.parked <> changed.parked
  returning o.order_key
)
insert into touched (night, order_key, cause)
select :night, order_key, 'PARK' from changed
on conflict do nothing;

-- name: touched_children
-- A split changes what its children are worth, whenever it is told.
insert into touched (night, order_key, cause)
select distinct :night::date, s.child_key, 'SPLIT'
from split_n{night} l
join order_split s on s.parent_key = l.parent_key
join sales_order c on c.order_key = s.child_key
on conflict do nothing;

-- name: work
-- What other nights and other orders left to be decided tonight.
insert into work_n{night} (order_key)
select order_key from touched where night > :previous and night <= :night
except
select order_key from work_n{night};

-- name: key_work
alter table work_n{night} add primary key (order_key);

-- name: fates
-- Row accounting of one delivery.
update night_input
set merged = :merged, superseded = :superseded, duplicate = :duplicate, waiting = :waiting
where night = :night and n = :n;

-- name: rows_of_member_facts
-- Rows of a token that say nothing new are duplicates, and so is the same row a second time.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where merged) as merged, count(*) filter (where not merged) as duplicate
  from (
    select m.delivery,
      t.night is not null and row_number() over (partition by m.content order by m.delivery, m.row) = 1 as merged
    from shown_member_n{night} m
    left join member_told t on t.kind = m.kind and t.hash = m.hash and t.night = :night
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_bindings
-- A row that names an order and a platform id is two bindings but one row. merged and waiting are told apart when
-- identify has looked at them.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where merged) as merged, count(*) filter (where not merged) as duplicate
  from (
    select delivery, row, bool_or(merged) as merged
    from (
      select b.delivery, b.row,
        k.first_night = :night and row_number() over (partition by b.content order by b.delivery, b.row) = 1 as merged
      from shown_binding_n{night} b join binding k on k.content = b.content
    ) f
    group by delivery, row
  ) r
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_acks
-- What was known before, and the same row a second time, are duplicates.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where merged) as merged, count(*) filter (where not merged) as duplicate
  from (
    select a.delivery,
      k.first_night = :night and row_number() over (partition by a.content order by a.delivery, a.row) = 1 as merged
    from shown_ack_n{night} a join close_ack k using (closed, close_hash)
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_balances
-- Equal customer rows of a shop count once, whatever file of the night they stand in.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where first) as merged, count(*) filter (where not first) as duplicate
  from (
    select delivery, row_number() over (partition by channel, shop, content order by delivery, row) = 1 as first
    from shown_balance_n{night}
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rejected
update night_input i
set rejected = c.rejected
from (select delivery, count(distinct row) as rejected from reject_n{night} group by delivery) c
where i.night = :night and i.n = c.delivery;

-- name: held
-- Rows of a file that wait for somebody's word: those that can be read, and are not left out, stand there still.
update night_input set waiting = rows_in - rejected - filtered where night = :night and held;

-- name: rejected_rows
select count(distinct (delivery, row)) from reject_n{night};

-- name: analyze
analyze work_n{night};

-- name: analyze_sales_order
analyze sales_order;

-- name: analyze_order_line
analyze order_line;

-- name: analyze_order_token
analyze order_token;

-- name: analyze_touched
analyze touched;

-- name: analyze_points_snapshot
analyze points_snapshot;

