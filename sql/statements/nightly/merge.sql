-- Joins the landing rows of one night into the order space and writes the night's work set in the same transaction.
-- The join is a lattice: the larger (modified time, state rank, refunded amount, content) wins, whatever arrived first.
-- Ranks: 0 UNKNOWN 1 UNPAID 2 CLOSED without a payment 3 PAID 4 SHIPPED 5 COMPLETED 6 CLOSED with a payment.
-- Of rows equal but for the content, one that knows a time or an amount beats one that does not: a hash must not decide
-- whether an order was paid.
-- grain: one row of sales_order, order_line, till_return, order_token, binding, member_fact per fact; touched per order
-- writes: sales_order, order_line, order_split, refund_document, till_return, order_token, binding, member_told, member_fact,
--   evidence_token,
--   refund_seen, points_snapshot, quarantine,
--   touched, night_input
-- params: :night date, :cut timestamptz, :zone text
-- cost: a fixed number of set statements over the landing rows of the night and the rows they meet by primary key

-- name: splits
insert into order_split (parent_key, child_key, first_night)
select distinct parent_key, child_key, :night::date from landing_split_n{night} where child_key <> parent_key
on conflict do nothing;

-- name: paid_children
-- Orders split from one that was paid: what closes them closes something paid.
create temporary table paid_child on commit drop as
with child as materialized (
  select parent_key, child_key
  from order_split
  where child_key in (
    select order_key from landing_order_n{night}
    union all
    select x.child_key from order_split x join landing_order_n{night} l on l.order_key = x.parent_key)
)
select order_key, min(paid_at) as paid_at
from (
  select c.child_key as order_key, l.paid_at from child c join landing_order_n{night} l on l.order_key = c.parent_key
  union all
  select c.child_key, o.paid_at from child c join sales_order o on o.order_key = c.parent_key
) p
where paid_at is not null
group by order_key;

-- name: anonymous_receipts
-- Receipts that were known without a card, and of which a card shows rows tonight: what is known is not that card's, and
-- becomes a receipt of its own. Nothing was ever posted for it.
create temporary table anonymous_receipt on commit drop as
select l.order_key, k.order_no || '-0' as order_no, order_key(k.channel, k.shop, k.order_no || '-0') as own_key
from (
  select order_key from landing_order_n{night} where card is not null
  union
  select order_key from landing_return_n{night} where card is not null
) l
left join sales_order o on o.order_key = l.order_key
left join lateral (
  select r.channel, r.shop, r.order_no from till_return r where r.order_key = l.order_key limit 1
) r on true
cross join lateral (
  select coalesce(o.channel, r.channel) as channel, coalesce(o.shop, r.shop) as shop,
    coalesce(o.order_no, r.order_no) as order_no
) k
where k.order_no is not null
  and not exists (select 1 from order_token t where t.order_key = l.order_key)
  and not exists (select 1 from order_claim c where c.order_key = l.order_key)
  and not exists (select 1 from sales_order s where s.order_key = order_key(k.channel, k.shop, k.order_no || '-0'));

-- name: anonymous_orders
update sales_order o set order_key = a.own_key, order_no = a.order_no
from anonymous_receipt a where o.order_key = a.order_key;

-- name: anonymous_lines
update order_line l set order_key = a.own_key from anonymous_receipt a where l.order_key = a.order_key;

-- name: anonymous_returns
update till_return r set order_key = a.own_key, order_no = a.order_no
from anonymous_receipt a where r.order_key = a.order_key;

-- name: anonymous_touches
update touched t set order_key = a.own_key from anonymous_receipt a where t.order_key = a.order_key and t.night >= :night;

-- name: orders
insert into sales_order as known (order_key, channel, shop, order_no, present, state, created_at, paid_at, paid_told,
  parent_paid, paid_when_completed, completed_at, completed_seen, modified_at, gross_fen, freight_fen, refunded_fen, net_fen, item_count, content, first_night,
  changed_night, source_sha256, source_row)
select distinct on (l.order_key)
  l.order_key, l.channel, l.shop, l.order_no, true, l.state, l.created_at, l.paid_at, l.paid_at is not null,
  l.parent_paid, l.paid_when_completed, l.completed_at,
  case when l.state = 5 and l.completed_at is null then :night::date end,
  l.modified_at, l.gross_fen, l.freight_fen, l.refunded_fen, l.net_fen, l.item_count, l.content, :night, :night,
  i.sha256, l.row
from (
  select o.delivery, o.row, o.order_key, o.channel, o.shop, o.order_no, o.created_at, o.paid_at,
    o.paid_when_completed, o.completed_at, o.modified_at, o.gross_fen, o.freight_fen, o.refunded_fen, o.net_fen,
    o.item_count, o.content, c.order_key is not null as parent_paid,
    case when o.state = 2 and c.order_key is not null then 6 else o.state end::smallint as state
  from landing_order_n{night} o
  left join paid_child c using (order_key)
) l
join night_input i on i.night = :night and i.n = l.delivery
order by l.order_key, l.modified_at desc nulls last, l.state desc, l.refunded_fen desc nulls last,
  l.paid_at is not null desc, l.completed_at is not null desc, l.content desc,
  i.sha256, l.row
on conflict (order_key) do update set
  present = true, state = excluded.state, created_at = excluded.created_at, paid_at = excluded.paid_at,
  paid_told = excluded.paid_told, parent_paid = known.parent_paid or excluded.parent_paid,
  paid_when_completed = excluded.paid_when_completed, completed_at = excluded.completed_at,
  completed_seen = coalesce(known.completed_seen, excluded.completed_seen),
  modified_at = excluded.modified_at, gross_fen = excluded.gross_fen, freight_fen = excluded.freight_fen,
  refunded_fen = excluded.refunded_fen, net_fen = excluded.net_fen, item_count = excluded.item_count,
  content = excluded.content, changed_night = excluded.changed_night, source_sha256 = excluded.source_sha256,
  source_row = excluded.source_row
where not known.present
  or (coalesce(excluded.modified_at, '-infinity'), excluded.state, coalesce(excluded.refunded_fen, -1),
      excluded.paid_told, excluded.completed_at is not null, excluded.content)
   > (coalesce(known.modified_at, '-infinity'),
      case when known.state = 2 and excluded.parent_paid then 6 else known.state end, coalesce(known.refunded_fen, -1),
      known.paid_told, known.completed_at is not null, known.content);

-- name: orders_of_lines
-- A line whose order no document has shown yet: the order exists, INCOMPLETE.
insert into sales_order (order_key, channel, shop, order_no, present, state, content, first_night, changed_night,
  source_sha256, source_row)
select distinct on (l.order_key) l.order_key, l.channel, l.shop, l.order_no, false, 0, ''::bytea, :night, :night,
  i.sha256, l.row
from (
  select delivery, row, order_key, channel, shop, order_no from landing_line_n{night}
  union all
  select delivery, row, order_key, channel, shop, order_no from landing_refund_n{night}
  union all
  select r.delivery, r.row, r.order_key, i.channel, coalesce(r.shop, i.shop), r.order_no
  from landing_reject_n{night} r
  join night_input i on i.night = :night and i.n = r.delivery
  where r.order_key is not null and i.grain in ('order', 'line', 'order_line', 'refund')
) l
join night_input i on i.night = :night and i.n = l.delivery
where not exists (select 1 from sales_order o where o.order_key = l.order_key)
order by l.order_key, i.sha256, l.row
on conflict (order_key) do nothing;

-- name: careful_orders
-- Orders of which a delivery may show only some rows: the others were rejected, or come alone as a replay. Their
-- generated keys follow the rows that are known, not the count in one delivery; k would name other rows from night to night.
create temporary table careful_order on commit drop as
select q.order_key
from quarantine q
where q.order_key in (
  select order_key from landing_line_n{night} union all select order_key from landing_return_n{night})
union
select r.order_key
from (
  select delivery, order_key from landing_line_n{night}
  union all
  select delivery, order_key from landing_return_n{night}
) r
where r.delivery in (
  select i.n from night_input i
  join quarantine_action a on a.action = 'REPLAY' and a.sha256 = i.sha256 and a.row > 0
  where i.night = :night);

-- name: careful_lines
-- c counts rows that sell the same for the same: such rows are one line whatever else they say.
-- whole: the delivery shows all rows of the order.
create temporary table careful_line on commit drop as
select l.delivery, l.row, l.order_key, l.sku, coalesce(l.price_fen, 0) as price_fen, coalesce(l.qty, 0) as qty,
  coalesce(l.due_fen, -1) as due_fen, l.paid_fen, l.content,
  row_number() over (
    partition by l.delivery, l.order_key, l.sku, coalesce(l.price_fen, 0), coalesce(l.qty, 0), coalesce(l.due_fen, -1)
    order by l.paid_fen, l.content, l.row) as c,
  not exists (
    select 1 from landing_reject_n{night} r where r.delivery = l.delivery and r.order_key = l.order_key)
  and not exists (
    select 1 from night_input i
    join quarantine_action a on a.action = 'REPLAY' and a.sha256 = i.sha256 and a.row > 0
    where i.night = :night and i.n = l.delivery) as whole,
  null::text collate "C" as line_key
from landing_line_n{night} l
join careful_order using (order_key)
where l.line is null;

-- name: careful_lines_known
update careful_line l set line_key = k.line_key
from (
  select order_key, sku, coalesce(price_fen, 0) as price_fen, coalesce(qty, 0) as qty, coalesce(due_fen, -1) as due_fen,
    line_key,
    row_number() over (
      partition by order_key, sku, coalesce(price_fen, 0), coalesce(qty, 0), coalesce(due_fen, -1)
      order by length(line_key), line_key) as c
  from order_line
  where generation = 1 and order_key in (select order_key from careful_line)
) k
where (l.order_key, l.sku, l.price_fen, l.qty, l.due_fen, l.c) = (k.order_key, k.sku, k.price_fen, k.qty, k.due_fen, k.c);

-- name: careful_lines_changed
-- Where a delivery shows the whole order, a row that is not known and a known line that it does not show are the same
-- line with another amount.
update careful_line l set line_key = f.line_key
from (
  select delivery, row, order_key, sku, price_fen,
    row_number() over (
      partition by delivery, order_key, sku, price_fen order by due_fen, paid_fen, qty, content, row) as nth
  from careful_line
  where line_key is null and whole
) r
join (
  select d.delivery, k.order_key, k.sku, coalesce(k.price_fen, 0) as price_fen, k.line_key,
    row_number() over (
      partition by d.delivery, k.order_key, k.sku, coalesce(k.price_fen, 0)
      order by length(k.line_key), k.line_key) as nth
  from (select distinct delivery, order_key from careful_line where line_key is null and whole) d
  join order_line k on k.order_key = d.order_key and k.generation = 1
  where not exists (
    select 1 from careful_line t
    where t.delivery = d.delivery and t.order_key = k.order_key and t.line_key = k.line_key)
) f using (delivery, order_key, sku, price_fen, nth)
where l.delivery = r.delivery and l.row = r.row;

-- name: careful_lines_new
update careful_line l
set line_key = n.sku || '#' || lpad(n.price_fen::text, greatest(10, length(n.price_fen::text)), '0') || '#'
  || lpad(n.k::text, greatest(3, length(n.k::text)), '0')
from (
  select delivery, row, sku, price_fen,
    dense_rank() over (partition by order_key, sku, price_fen order by due_fen, qty, c) + coalesce((
      select max(substring(k.line_key from '[0-9]+$')::integer)
      from order_line k
      where k.order_key = c.order_key and k.generation = 1 and k.sku = c.sku
        and coalesce(k.price_fen, 0) = c.price_fen), 0) as k
  from careful_line c
  where line_key is null
) n
where l.delivery = n.delivery and l.row = n.row;

-- name: careful_returns
-- The same for return rows of a till.
create temporary table careful_return on commit drop as
select r.delivery, r.row, r.order_key, r.amount_fen,
  r.sku || '#' || lpad(coalesce(r.price_fen, 0)::text, greatest(10, length(r.price_fen::text)), '0') || '#R' as prefix,
  row_number() over (
    partition by r.delivery, r.order_key, r.sku, coalesce(r.price_fen, 0), r.amount_fen order by r.content, r.row) as c,
  null::text collate "C" as line_key
from landing_return_n{night} r
join careful_order using (order_key);

-- name: careful_returns_known
update careful_return r set line_key = k.line_key
from (
  select order_key, substring(line_key from '^(.*#R)[0-9]+$') as prefix, amount_fen, line_key,
    row_number() over (
      partition by order_key, substring(line_key from '^(.*#R)[0-9]+$'), amount_fen
      order by length(line_key), line_key) as c
  from till_return
  where order_key in (select order_key from careful_return)
) k
where (r.order_key, r.prefix, r.amount_fen, r.c) = (k.order_key, k.prefix, k.amount_fen, k.c);

-- name: careful_returns_new
update careful_return r set line_key = n.prefix || lpad(n.k::text, greatest(3, length(n.k::text)), '0')
from (
  select delivery, row, prefix,
    dense_rank() over (partition by order_key, prefix order by amount_fen, c) + coalesce((
      select max(substring(k.line_key from '[0-9]+$')::integer)
      from till_return k
      where k.order_key = c.order_key and substring(k.line_key from '^(.*#R)[0-9]+$') = c.prefix), 0) as k
  from careful_return c
  where line_key is null
) n
where r.delivery = n.delivery and r.row = n.row;

-- name: keyed_lines
create temporary table keyed_line (
  order_key uuid not null, line_key text collate "C" not null, generation smallint not null, sku text collate "C" not null,
  qty numeric, price_fen bigint, due_fen bigint, paid_fen bigint, state smallint not null, closed boolean not null,
  refund_state smallint not null, refunded_fen bigint, row_state smallint not null, row_refunded_fen bigint, at timestamptz, till_points bigint, excluded boolean not null, content bytea not null,
  sha256 text not null, row integer not null) on commit drop;

-- name: keys
-- One row per line: the newest, with state and after-sale state of all; those are joined by themselves.
-- k counts equal (sku, price) rows of one order in the order of their amount, then of their whole content. Price and k are
-- padded, never cut: lpad alone would make one key of the 1000th row and the 100th.
insert into keyed_line
select distinct on (order_key, line_key)
  order_key, line_key, generation, sku, qty, price_fen, due_fen, paid_fen,
  max(case when state in (2, 6) then 0 else state end) over same, bool_or(state in (2, 6)) over same,
  max(refund_state) over same, max(refunded_fen) over same, state, refunded_fen,
  at, till_points, excluded, content, sha256, row
from (
  select l.order_key, l.row, l.sku, l.qty, l.price_fen, l.due_fen, l.paid_fen, l.state, l.refund_state, l.at,
    l.till_points, l.excluded, l.content, i.sha256,
    case when l.refund_state = 3 then l.refunded_fen end as refunded_fen,
    case when l.line is null then 1 else 2 end::smallint as generation,
    coalesce(l.line, careful.line_key, l.sku
      || '#' || lpad(coalesce(l.price_fen, 0)::text, greatest(10, length(l.price_fen::text)), '0')
      || '#' || lpad(l.k::text, greatest(3, length(l.k::text)), '0')) as line_key
  from (
    select *, row_number() over (
        partition by delivery, order_key, line, sku, coalesce(price_fen, 0)
        order by due_fen, paid_fen, qty, content, row) as k
    from landing_line_n{night}
  ) l
  join night_input i on i.night = :night and i.n = l.delivery
  left join careful_line careful on careful.delivery = l.delivery and careful.row = l.row
) keyed
window same as (partition by order_key, line_key)
order by order_key, line_key, state desc, refunded_fen desc nulls last, due_fen is not null desc, content desc, sha256,
  row;

-- name: lines
insert into order_line as known (order_key, line_key, generation, sku, qty, price_fen, due_fen, paid_fen, state, closed,
  refund_state, refunded_fen, row_state, row_refunded_fen, at, till_points, excluded, content, first_night, changed_night, source_sha256, source_row)
select order_key, line_key, generation, sku, qty, price_fen, due_fen, paid_fen, state, closed, refund_state, refunded_fen,
  row_state, row_refunded_fen, at, till_points, excluded, content, :night, :night, sha256, row
from keyed_line
on conflict (order_key, line_key) do update set
  state = greatest(known.state, excluded.state), closed = known.closed or excluded.closed,
  row_state = excluded.row_state, row_refunded_fen = excluded.row_refunded_fen,
  refund_state = greatest(known.refund_state, excluded.refund_state),
  refunded_fen = greatest(known.refunded_fen, excluded.refunded_fen),
  qty = excluded.qty, price_fen = excluded.price_fen, due_fen = excluded.due_fen, paid_fen = excluded.paid_fen,
  at = excluded.at, till_points = excluded.till_points, excluded = excluded.excluded, content = excluded.content,
  changed_night = excluded.changed_night, source_sha256 = excluded.source_sha256, source_row = excluded.source_row
where (excluded.row_state, coalesce(excluded.row_refunded_fen, -1), excluded.due_fen is not null, excluded.content)
    > (known.row_state, coalesce(known.row_refunded_fen, -1), known.due_fen is not null, known.content);

-- name: after_sale
-- It may rise with a row that is not the newest.
update order_line known
set state = greatest(known.state, seen.state), closed = known.closed or seen.closed,
  refund_state = greatest(known.refund_state, seen.refund_state),
  refunded_fen = greatest(known.refunded_fen, seen.refunded_fen)
from keyed_line seen
where known.order_key = seen.order_key and known.line_key = seen.line_key
  and (seen.state > known.state or seen.closed and not known.closed or seen.refund_state > known.refund_state
    or coalesce(seen.refunded_fen, -1) > coalesce(known.refunded_fen, -1));

-- name: after_sale_opened
-- When a line's own row first said that a case is open: a refund document that ended before says nothing about it.
update order_line known
set open_night = :night
from keyed_line seen
where known.order_key = seen.order_key and known.line_key = seen.line_key
  and seen.refund_state = 1 and known.refund_state = 1 and known.open_night is null;

-- name: inherited_payments
-- The children of a split order were paid with it, whether they are known before or after it.
update sales_order child
set parent_paid = true, state = case when child.state = 2 then 6 else child.state end,
  paid_at = case when child.paid_told or child.state in (2, 6) then child.paid_at else paid.paid_at end
from paid_child paid
where child.order_key = paid.order_key and child.present
  and (not child.parent_paid or child.state = 2
    or not child.paid_told and child.state <> 6 and child.paid_at is distinct from paid.paid_at);

-- name: paid_by_completion
-- Cash on delivery: an order whose documents tell no payment is paid when it completes.
update sales_order o
set paid_at = coalesce(o.completed_at, (o.completed_seen + time '23:59:59') at time zone :zone)
from (select distinct order_key from landing_order_n{night} where paid_when_completed) tonight
where o.order_key = tonight.order_key and o.paid_when_completed and o.paid_at is null and o.state = 5;

-- name: completed_by_lines
-- An order whose own document has no state is complete when the first night shows all its lines so.
update sales_order o
set completed_seen = :night
from (
  select order_key from landing_order_n{night}
  union
  select order_key from landing_line_n{night}
) tonight
where o.order_key = tonight.order_key and o.present and o.state = 0 and o.completed_at is null
  and o.completed_seen is null
  and exists (select 1 from order_line l where l.order_key = o.order_key and l.state = 5)
  and not exists (
    select 1 from order_line l
    where l.order_key = o.order_key and l.state <> 5
      -- lines that were all closed and paid were closed before the payment
      and (not l.closed or l.state >= 3 and not exists (
        select 1 from order_line c
        where c.order_key = l.order_key and c.generation = l.generation and not (c.closed and c.state >= 3)))
      and l.generation = (select max(g.generation) from order_line g where g.order_key = o.order_key));

-- name: refunds
insert into refund_document as known (order_key, refund_no, line_id, sku, state, amount_fen, refunded_at,
  refunded_night, content, first_night, changed_night, source_sha256, source_row)
select distinct on (r.order_key, r.refund_no)
  r.order_key, r.refund_no, r.line_id, r.sku, r.state, r.amount_fen,
  case when r.state = 2 then coalesce(r.at, (:night::date + time '23:59:59') at time zone :zone) end,
  case when r.state = 2 then :night::date end, r.content, :night, :night, i.sha256, r.row
from landing_refund_n{night} r
join night_input i on i.night = :night and i.n = r.delivery
order by r.order_key, r.refund_no, r.state desc, r.amount_fen desc, r.content desc, i.sha256, r.row
on conflict (order_key, refund_no) do update set
  line_id = coalesce(excluded.line_id, known.line_id), sku = excluded.sku, state = excluded.state,
  amount_fen = excluded.amount_fen, refunded_at = coalesce(known.refunded_at, excluded.refunded_at),
  refunded_night = coalesce(known.refunded_night, excluded.refunded_night),
  content = excluded.content, changed_night = excluded.changed_night, source_sha256 = excluded.source_sha256,
  source_row = excluded.source_row
where (excluded.state, excluded.amount_fen, excluded.content) > (known.state, known.amount_fen, known.content);

-- name: returns
insert into till_return (order_key, line_key, channel, shop, order_no, sku, amount_fen, at, till_points, content,
  first_night, source_sha256, source_row)
select distinct on (order_key, line_key) order_key, line_key, channel, shop, order_no, sku, amount_fen, at, till_points,
  content, :night, sha256, row
from (
  select r.*, i.sha256,
    coalesce(careful.line_key, r.sku
      || '#' || lpad(coalesce(r.price_fen, 0)::text, greatest(10, length(r.price_fen::text)), '0')
      || '#R' || lpad(r.k::text, greatest(3, length(r.k::text)), '0')) as line_key
  from (
    select *, row_number() over (
        partition by delivery, order_key, sku, coalesce(price_fen, 0) order by amount_fen, content, row) as k
    from landing_return_n{night}
  ) r
  join night_input i on i.night = :night and i.n = r.delivery
  left join careful_return careful on careful.delivery = r.delivery and careful.row = r.row
) keyed
order by order_key, line_key, content desc, sha256, row
on conflict (order_key, line_key) do nothing;

-- name: tokens
insert into order_token (order_key, kind, channel, hash, shown, night)
select distinct on (order_key, kind, channel, hash) order_key, kind, channel, hash, shown, :night::date
from landing_token_n{night}
order by order_key, kind, channel, hash, shown
on conflict do nothing;

-- name: bindings
insert into binding (content, channel, order_no, shop, bound_at, state, first_night, source_sha256, source_row)
select distinct on (b.content) b.content, b.channel, b.order_no, b.shop, b.bound_at, 'WAITING', :night, i.sha256, b.row
from landing_binding_n{night} b
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
  from landing_member_n{night}
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
from landing_member_n{night} m
join night_input i on i.night = :night and i.n = m.delivery
join member_told t on t.kind = m.kind and t.hash = m.hash and t.night = :night
order by m.content, i.sha256, m.row
on conflict (content) do update set source_sha256 = excluded.source_sha256, source_row = excluded.source_row
where known.note = '' and known.first_night < :night;

-- name: evidence_tokens
insert into evidence_token (content, side, kind, channel, hash, shown)
select distinct on (content, side, kind, channel, hash) content, side, kind, channel, hash, shown
from landing_evidence_n{night}
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
from landing_balance_n{night} b
join night_input i on i.night = :night and i.n = b.delivery
left join (
  select distinct on (content) content, kind, shown, hash
  from landing_balance_token_n{night}
  order by content, kind, channel, hash
) t on t.content = b.content
order by b.channel, b.shop, i.sha256, b.content, b.row;

-- name: snapshots_before
delete from points_snapshot s
using (select distinct channel, shop from landing_balance_n{night}) newer
where s.channel = newer.channel and s.shop = newer.shop and s.night < :night
  and not exists (
    select 1 from opening o
    where o.channel = s.channel and o.night = s.night and o.member_id = s.member_id);

-- name: refunds_of_orders_seen
-- A refunded amount without a time of its own is dated by the first night whose deliveries show it.
insert into refund_seen (order_key, line_key, night, refunded_fen)
select o.order_key, '', :night, coalesce(o.refunded_fen, 0)
from (select distinct order_key from landing_order_n{night}) tonight
join sales_order o using (order_key)
left join lateral (
  select s.refunded_fen from refund_seen s
  where s.order_key = o.order_key and s.line_key = '' and s.night < :night
  order by s.night desc limit 1
) before on true
where coalesce(o.refunded_fen, 0) <> coalesce(before.refunded_fen, 0)
on conflict (order_key, line_key, night) do update set refunded_fen = excluded.refunded_fen;

-- name: refunds_of_lines_seen
insert into refund_seen (order_key, line_key, night, refunded_fen)
select l.order_key, l.line_key, :night, coalesce(l.refunded_fen, 0)
from (select distinct order_key from landing_line_n{night}) tonight
join order_line l using (order_key)
left join lateral (
  select s.refunded_fen from refund_seen s
  where s.order_key = l.order_key and s.line_key = l.line_key and s.night < :night
  order by s.night desc limit 1
) before on true
where coalesce(l.refunded_fen, 0) <> coalesce(before.refunded_fen, 0)
on conflict (order_key, line_key, night) do update set refunded_fen = excluded.refunded_fen;

-- name: replayed
-- A later delivery of the same document that shows the order without a reject stands for the rejected rows. A replay
-- stands for the rows it carries only: other rejected rows of the order may be missing from it.
update quarantine q set state = 'REPLAYED', settled_night = :night
where q.state = 'OPEN' and q.first_night < :night
  and exists (
    select 1
    from (
      select delivery, order_key from landing_order_n{night}
      union all select delivery, order_key from landing_line_n{night}
      union all select delivery, order_key from landing_return_n{night}
      union all select delivery, order_key from landing_refund_n{night}
    ) good
    join night_input i on i.night = :night and i.n = good.delivery
    where good.order_key = q.order_key and i.channel = q.channel and i.document = q.document
      and not exists (
        select 1 from quarantine_action a where a.action = 'REPLAY' and a.sha256 = i.sha256 and a.row > 0))
  and not exists (
    select 1 from landing_reject_n{night} r
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
    select 1 from landing_reject_n{night} r where r.delivery = i.n and r.row = a.row);

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
    select order_key from landing_reject_n{night} where order_key is not null
    union
    select q.order_key from quarantine q
    join landing_order_n{night} l on l.order_key = q.order_key
    union
    select q.order_key from quarantine q
    join landing_line_n{night} l on l.order_key = q.order_key
    union
    select q.order_key from quarantine q
    join landing_refund_n{night} l on l.order_key = q.order_key
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

-- name: touched_rows
-- Derived from the deliveries of the night, never from "rows that changed": a rerun finds the same work.
insert into touched (night, order_key, cause)
select distinct :night::date, order_key, 'ROW'
from (
  select order_key from landing_order_n{night}
  union all
  select order_key from landing_line_n{night}
  union all
  select order_key from landing_refund_n{night}
) t
on conflict do nothing;

-- name: touched_children
-- A split changes what its children are worth, whenever it is told.
insert into touched (night, order_key, cause)
select distinct :night::date, s.child_key, 'SPLIT'
from landing_split_n{night} l
join order_split s on s.parent_key = l.parent_key
join sales_order c on c.order_key = s.child_key
on conflict do nothing;

-- name: touched_later
-- Facts dated at or after the cut are merged but not decided; they are looked at by the night of their own date.
insert into touched (night, order_key, cause)
select distinct (fact.at at time zone :zone)::date, fact.order_key, 'LATER'
from (
  select o.order_key, unnest(array[o.paid_at, o.completed_at]) as at
  from (select distinct order_key from landing_order_n{night}) t
  join sales_order o using (order_key)
  union all
  select l.order_key, l.at
  from (select distinct order_key from landing_line_n{night}) t
  join order_line l using (order_key)
  union all
  select r.order_key, d.refunded_at
  from (select distinct order_key from landing_refund_n{night}) r
  join refund_document d using (order_key)
) fact
where fact.at >= :cut
on conflict do nothing;

-- name: rows_of_orders
-- Row accounting per delivery: the first row with the content that now stands, and that this night put there, is merged;
-- an equal row is a duplicate; any other row lost against a later state and is superseded.
update night_input i
set merged = c.merged, superseded = c.superseded, duplicate = c.duplicate
from (
  select delivery,
    count(*) filter (where fate = 'merged') as merged,
    count(*) filter (where fate = 'superseded') as superseded,
    count(*) filter (where fate = 'duplicate') as duplicate
  from (
    select l.delivery,
      case
        when l.content = o.content and o.changed_night = :night and row_number() over same = 1 then 'merged'
        when l.content = o.content or row_number() over same > 1 then 'duplicate'
        else 'superseded'
      end as fate
    from landing_order_n{night} l
    join night_input n on n.night = :night and n.n = l.delivery and n.grain = 'order'
    join sales_order o on o.order_key = l.order_key
    window same as (partition by l.order_key, l.content order by l.delivery, l.row)
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_lines
update night_input i
set merged = i.merged + c.merged, superseded = i.superseded + c.superseded, duplicate = i.duplicate + c.duplicate
from (
  select delivery,
    count(*) filter (where fate = 'merged') as merged,
    count(*) filter (where fate = 'superseded') as superseded,
    count(*) filter (where fate = 'duplicate') as duplicate
  from (
    select l.delivery,
      case
        when w.order_key is not null then 'merged'
        when known.order_key is not null then 'duplicate'
        else 'superseded'
      end as fate
    from (
      select l.*, row_number() over (partition by order_key, line, sku, price_fen, content order by delivery, row) as copy
      from landing_line_n{night} l
    ) l
    left join (
      select order_key, content, row_number() over (partition by order_key, content order by line_key) as nth
      from order_line where changed_night = :night
    ) w on w.order_key = l.order_key and w.content = l.content and w.nth = l.copy
    left join lateral (
      select k.order_key from order_line k where k.order_key = l.order_key and k.content = l.content limit 1
    ) known on true
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_returns
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where merged) as merged, count(*) filter (where not merged) as duplicate
  from (
    select r.delivery, coalesce(w.nth = r.copy, false) as merged
    from (
      select r.*, row_number() over (partition by order_key, content order by delivery, row) as copy
      from landing_return_n{night} r
    ) r
    left join (
      select order_key, content, row_number() over (partition by order_key, content order by line_key) as nth
      from till_return where first_night = :night
    ) w on w.order_key = r.order_key and w.content = r.content and w.nth = r.copy
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_refunds
update night_input i
set merged = i.merged + c.merged, superseded = i.superseded + c.superseded, duplicate = i.duplicate + c.duplicate
from (
  select delivery,
    count(*) filter (where fate = 'merged') as merged,
    count(*) filter (where fate = 'superseded') as superseded,
    count(*) filter (where fate = 'duplicate') as duplicate
  from (
    select r.delivery,
      case
        when r.content = d.content and d.changed_night = :night and row_number() over same = 1 then 'merged'
        when r.content = d.content or row_number() over same > 1 then 'duplicate'
        else 'superseded'
      end as fate
    from landing_refund_n{night} r
    join refund_document d on d.order_key = r.order_key and d.refund_no = r.refund_no
    window same as (partition by r.order_key, r.refund_no, r.content order by r.delivery, r.row)
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rows_of_member_facts
-- Rows of a token that say nothing new are duplicates, and so is the same row a second time.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select delivery, count(*) filter (where merged) as merged, count(*) filter (where not merged) as duplicate
  from (
    select m.delivery,
      t.night is not null and row_number() over (partition by m.content order by m.delivery, m.row) = 1 as merged
    from landing_member_n{night} m
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
      from landing_binding_n{night} b join binding k on k.content = b.content
    ) f
    group by delivery, row
  ) r
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
    from landing_balance_n{night}
  ) f
  group by delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: rejected
update night_input i
set rejected = c.rejected
from (select delivery, count(distinct row) as rejected from landing_reject_n{night} group by delivery) c
where i.night = :night and i.n = c.delivery;

-- name: held
-- Rows of a file that wait for somebody's word: those that can be read, and are not left out, stand there still.
update night_input set waiting = rows_in - rejected - filtered where night = :night and held;

-- name: analyze
analyze sales_order, order_line, order_token, touched, points_snapshot;
