-- What the night is told of redemptions: those it decides, and those of which points go back.
-- grain: redeeming_n one row per request number; redeemed_n the same, as the night decided; paid_order_n one row per order
--   that points paid a part of; paid_line_n one row per line of such an order
-- writes: the night's own tables, touched; at close redeemed, redemption_open, item_taken, grace_lot, voucher, pass_given
-- params: :night date, :previous date, :cut timestamptz, :zone text, :claim int, :items text[], :stocks bigint[],
--   :pace bigint, :pace_in bigint
-- cost: a fixed number of statements over what was told tonight and what waits, each row of it looked up by its key, never a
--   pass over what has been; the night's orders are looked through only in homes in which points ever paid a part of one

-- name: drop
drop table if exists redeeming_n{night}, redeemed_n{night}, paid_order_n{night}, paid_line_n{night}, voucher_n{night},
  pass_given_n{night} cascade;

-- name: create_redeeming
-- outcome: of an earlier night, null where none has decided; waits: not to be decided tonight
create table redeeming_n{night} (
  request_no text collate "C" not null, member_id text collate "C" not null, mode text not null,
  item text collate "C" not null, qty bigint not null, points bigint, cash_fen bigint, shop text collate "C",
  order_channel text collate "C", order_no text collate "C", at timestamptz not null, outcome text,
  redeemed bigint not null, restored bigint not null, cancelled_at timestamptz, waits boolean not null);

-- name: create_redeemed
create table redeemed_n{night} (like redeemed);

-- name: create_voucher
create table voucher_n{night} (like voucher);

-- name: create_pass_given
create table pass_given_n{night} (like pass_given);

-- name: create_paid_order
create table paid_order_n{night} (request_no text collate "C" not null, order_key uuid not null);

-- name: create_paid_line
create table paid_line_n{night} (
  order_key uuid not null, line_key text collate "C" not null, sku text collate "C" not null, base_fen bigint not null,
  refunds text not null);

-- name: take_released
-- What people let go is taken up by the next night that judges.
update hold_release set night = :night where night is null;

-- name: due
-- Requests whose night has come, cancellations of requests, requests that wait, held ones that somebody let go (a cancellation lets
-- nothing go), and those whose document was taken back: cancelled when they were made, so that lots are as if nothing had been asked.
insert into redeeming_n{night}
select r.request_no, coalesce(m.merged_into, m.member_id), r.mode, r.item, r.qty, r.points, r.cash_fen, r.shop,
  r.order_channel, r.order_no, r.at, nullif(d.outcome, 'HELD'), coalesce(d.redeemed, 0), coalesce(d.restored, 0),
  case when r.withdrawn is null then c.at else r.at end, false
from (
  select request_no from redemption where due_on > :previous and due_on <= :night
  union
  select key from own_row where document = 'redemption' and withdrawn = :night
  union
  select left(key, -length('/CANCELLED')) from redemption_event
  where event = 'CANCELLED' and due_on > :previous and due_on <= :night
  union
  select request_no from redemption_open
  union
  select number from hold_release where night = :night
) w
cross join lateral (
  select * from redemption r where r.request_no = w.request_no and r.due_on <= :night
  order by r.withdrawn is not null limit 1
) r
join member m on m.member_id = r.member_id
left join lateral (
  select outcome, redeemed, restored from redeemed d where d.request_no = w.request_no limit 1
) d on true
left join lateral (
  select at from redemption_event c where c.key = w.request_no || '/CANCELLED' and c.due_on <= :night limit 1
) c on true
where d.outcome is distinct from 'REFUSED' and (r.withdrawn is null or d.outcome in ('GRANTED', 'BOOKED'))
  and (d.outcome is distinct from 'HELD'
    or exists (select 1 from hold_release h where h.number = w.request_no and h.night = :night));

-- name: pay_orders
-- Orders that tonight's requests take money off, whether the night looks at them or not.
insert into paid_order_n{night}
select distinct on (r.request_no) r.request_no, s.order_key
from redeeming_n{night} r
cross join lateral (
  select s.order_key, s.shop
  from sales_order s
  where s.channel = r.order_channel and s.order_no = r.order_no
    and s.order_key >= (left(order_key(r.order_channel, '', r.order_no)::text, 18) || '-0000-000000000000')::uuid
    and s.order_key <= (left(order_key(r.order_channel, '', r.order_no)::text, 18) || '-ffff-ffffffffffff')::uuid
  offset 0
) s
where r.item = 'cash_off' and r.order_no is not null
order by r.request_no, (s.shop = r.shop) desc nulls last, s.shop;

-- name: pay_touched
-- They are looked at tonight, for the money of their lines.
insert into touched (night, order_key, cause)
select distinct :night::date, order_key, 'REDEEM' from paid_order_n{night}
on conflict do nothing;

-- name: ever
-- Whether points ever paid a part of an order, and whether documents ever said of an account that it is frozen or closed, of
-- points that they are given to somebody else, or of an order that it took the place of another; and whether debts were written off.
select exists (select 1 from redeemed where order_no is not null) as paid,
  exists (select 1 from own_row where document = 'account_state' and night <= :night) as stated,
  exists (select 1 from own_row where document = 'transfer' and night <= :night) as given,
  exists (select 1 from own_row where document = 'exchange' and night <= :night) as exchanged,
  exists (select 1 from points_total where kind = 'WRITE_OFF') as written_off,
  exists (select 1 from hold_release where night is null) as released;

-- name: paid_before
-- Orders of the night that points paid a part of in an earlier night.
insert into paid_order_n{night}
select d.request_no, w.order_key
from work_n{night} w
join sales_order s using (order_key)
join redeemed d on d.order_no = s.order_no and d.order_channel = s.channel and d.item = 'cash_off' and d.redeemed > 0
cross join lateral (select shop from redemption r where r.request_no = d.request_no limit 1) r
where not exists (select 1 from paid_order_n{night} p where p.request_no = d.request_no)
  and (r.shop is null or r.shop = s.shop or (
    select count(*) from sales_order o
    where o.channel = s.channel and o.order_no = s.order_no and o.shop = r.shop
      and o.order_key >= (left(s.order_key::text, 18) || '-0000-000000000000')::uuid
      and o.order_key <= (left(s.order_key::text, 18) || '-ffff-ffffffffffff')::uuid) = 0);

-- name: paid_again
-- Their redemptions: what went back of the orders may go back of the points.
insert into redeeming_n{night}
select r.request_no, coalesce(m.merged_into, m.member_id), r.mode, r.item, r.qty, r.points, r.cash_fen, r.shop,
  r.order_channel, r.order_no, r.at, d.outcome, d.redeemed, d.restored,
  case when r.withdrawn is null then c.at else r.at end, false
from (select distinct request_no from paid_order_n{night}) w
join redeemed d on d.request_no = w.request_no
cross join lateral (select * from redemption r where r.request_no = w.request_no limit 1) r
join member m on m.member_id = d.member_id
left join lateral (
  select at from redemption_event c where c.key = w.request_no || '/CANCELLED' and c.due_on <= :night limit 1
) c on true
where d.redeemed > 0
  and not exists (select 1 from redeeming_n{night} n where n.request_no = w.request_no);

-- name: money_off
-- What points took off orders of the night: not by requests that nobody has granted yet, nor by what was cancelled.
-- grain: one row per order
select p.order_key, sum(r.cash_fen)::bigint as fen
from paid_order_n{night} p
join redeeming_n{night} r using (request_no)
where r.cash_fen > 0 and r.cancelled_at is null and not r.waits and coalesce(r.outcome, r.mode) in ('EXECUTED', 'BOOKED', 'GRANTED')
group by p.order_key;

-- name: money_off_closed
-- The same as closed nights left it. grain: one row per order
select w.order_key, sum(r.cash_fen)::bigint as fen
from work_n{night} w
join sales_order s using (order_key)
join redeemed d on d.order_no = s.order_no and d.order_channel = s.channel and d.item = 'cash_off'
cross join lateral (select shop, cash_fen from redemption r where r.request_no = d.request_no limit 1) r
where d.outcome in ('BOOKED', 'GRANTED') and d.cancelled_night is null and r.cash_fen > 0
  and (r.shop is null or r.shop = s.shop or (
    select count(*) from sales_order o
    where o.channel = s.channel and o.order_no = s.order_no and o.shop = r.shop
      and o.order_key >= (left(s.order_key::text, 18) || '-0000-000000000000')::uuid
      and o.order_key <= (left(s.order_key::text, 18) || '-ffff-ffffffffffff')::uuid) = 0)
group by w.order_key;

-- name: granted_touched
-- Orders of which a request of tonight took money off are looked at again: they may earn on that money, too.
insert into touched (night, order_key, cause)
select distinct :night::date + 1, p.order_key, 'REDEEM'
from redeemed_n{night} d join paid_order_n{night} p using (request_no)
where d.night = :night and d.item = 'cash_off' and d.outcome = 'GRANTED'
on conflict do nothing;

-- name: paid_keys
select distinct order_key from paid_order_n{night};

-- name: wait_for_orders
-- Money off an order that nobody has shown waits for it so long as a claim would.
update redeeming_n{night} r
set waits = true
where r.item = 'cash_off' and r.mode = 'REQUESTED' and r.outcome is null and r.order_no is not null
  and (r.at at time zone :zone)::date + :claim::int >= :night::date
  and not exists (
    select 1 from paid_order_n{night} p join paid_line_n{night} l using (order_key) where p.request_no = r.request_no);

-- name: analyze
analyze redeeming_n{night}, paid_order_n{night}, paid_line_n{night};

-- name: wishes
select w.member_id, w.request_no, w.mode, w.item, w.qty, w.points, w.cash_fen, w.order_channel, w.order_no, w.at, w.outcome,
  w.redeemed, w.restored, w.cancelled_at,
  exists (select 1 from hold_release h where h.number = w.request_no and h.night = :night) as released,
  (select h.tier_to from tier_history h
   where h.member_id = w.member_id and h.effective_on <= (w.at at time zone :zone)::date
   order by h.effective_on desc, h.n desc
   limit 1) as tier
from redeeming_n{night} w
where not waits
order by member_id, request_no;

-- name: paid_lines
-- Lines of the orders that points paid a part of. weight: what a line of the order's live keys would cost, as far as all
-- lines say it; returned: of a line that cost nothing, too
select r.member_id, r.request_no, p.line_key, p.sku, p.base_fen, p.refunds, l.due_fen, l.price_fen, l.qty,
  l.refund_state = 3 as returned
from redeeming_n{night} r
join paid_order_n{night} o using (request_no)
join paid_line_n{night} p using (order_key)
join order_line l on l.order_key = p.order_key and l.line_key = p.line_key
where not r.waits
order by r.member_id, r.request_no, p.line_key;

-- name: had
-- What accounts of the night had before of items that they ask for, less what was cancelled.
-- grain: one row per (account, item, date, order)
select a.member_id, d.item, (d.at at time zone :zone)::date as on_date, coalesce(d.order_channel, '') as order_channel,
  coalesce(d.order_no, '') as order_no, sum(d.qty)::bigint as qty
from (select distinct member_id, item from redeeming_n{night} where outcome is null and not waits) w
join account_n{night} a on a.member_id = w.member_id
join redeemed d on d.member_id = a.birth and d.item = w.item
where d.outcome in ('GRANTED', 'BOOKED') and d.cancelled_night is null
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5;

-- name: taken
-- Every movement between lots and earlier debits of tonight's redemptions, in booking order.
select a.member_id, w.request_no, e.night, e.member_id as debit_member, e.n, l.lot_night, l.lot_member, l.lot_n, l.points,
  l.night as moved_night, l.member_id as mover, l.n as move
from redeeming_n{night} w
join account_n{night} a on a.member_id = w.member_id
join entry e on e.member_id = a.birth and e.cause_type = 'REDEMPTION' and e.cause_key = w.request_no
join allocation l on l.debit_member = e.member_id and l.debit_night = e.night and l.debit_n = e.n and l.kind <> 'GRACE'
where w.redeemed > 0
order by 1, 10, 11, 12;

-- name: grace
-- Lots of those accounts whose points had come back although their lot was dead.
select a.member_id, g.night, g.member_id as lot_member, g.n
from (select distinct member_id from redeeming_n{night} where not waits) w
join account_n{night} a on a.member_id = w.member_id
join grace_lot g on g.member_id = a.birth
order by 1, 2, 3, 4;

-- name: paced
-- How often accounts of the night redeemed on days of which something is asked tonight. grain: one row per (account, day)
select a.member_id, (d.at at time zone :zone)::date as on_date, count(*)::bigint as times
from (select distinct member_id, (at at time zone :zone)::date as on_date from redeeming_n{night} where outcome is null) w
join account_n{night} a on a.member_id = w.member_id
join redeemed d on d.member_id = a.birth and (d.at at time zone :zone)::date = w.on_date
where d.outcome in ('GRANTED', 'BOOKED')
group by 1, 2
order by 1, 2;

-- name: asked
-- Who asks tonight for items of which there are so many only, in the global order.
select request_no, member_id, mode = 'EXECUTED' as executed, item, qty, at
from redeeming_n{night}
where outcome is null and not waits and item = any(:items)
order by at, request_no;

-- name: gone
select item, taken from item_gone where item = any(:items);

-- name: nobody
-- Requests of people whom nobody knows are refused at once.
insert into redeemed_n{night} (request_no, member_id, night, mode, item, qty, at, order_channel, order_no, outcome, refusal,
  points, shortfall, entry_n, balance_after, owed, beyond, redeemed, restored, cancelled_night, fast)
select request_no, null, :night::date, mode, item, qty, at, order_channel, order_no, 'REFUSED', 'MEMBER', coalesce(points, 0), 0,
  null, null, 0, false, 0, 0, null, false
from redemption
where night = :night and mode = 'REQUESTED' and member_id is null and at < :cut;

-- name: find_overdrawn
-- Executed redemptions that took more than there was: what is owed of them by the end of the night. And those of somebody
-- whose account is frozen or closed.
insert into break_found
select 'OVERDRAWN', 'program', '', r.request_no,
  case when r.refusal = 'FROZEN' then
    format('%s, executed on %s: %s points were taken of an account that spends nothing: FROZEN', r.item,
      to_char(r.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), r.redeemed)
  else
    format('%s, executed on %s: %s points were taken and %s of them were not there; %s', r.item,
      to_char(r.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), r.redeemed, d.owed,
      coalesce('its source looked at the balance of night ' || w.as_of_night, 'its source does not say which balance it saw'))
  end, coalesce(d.owed, 0)
from redeemed_n{night} r
left join debt_n{night} d on d.debit_night = r.night and d.debit_member = r.member_id and d.debit_n = r.entry_n
cross join lateral (select as_of_night from redemption w where w.request_no = r.request_no limit 1) w
where r.night = :night and r.mode = 'EXECUTED' and (d.owed > 0 or r.refusal = 'FROZEN');

-- name: find_beyond
-- Executed redemptions of somebody who has had as many as he may.
insert into break_found
select 'OVERSOLD', 'program', '', request_no,
  format('%s, executed on %s: more than one person may have', item,
    to_char(at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS')), null
from redeemed_n{night}
where night = :night and beyond;

-- name: find_velocity
-- Requests that are held until somebody looks, and executed redemptions that were too many of their day.
insert into break_found
select 'VELOCITY', 'program', '', request_no,
  case when mode = 'EXECUTED' then format('%s, executed on %s: more often than %s times a day', item,
      to_char(at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), :pace::bigint)
    else format('%s, asked for on %s: more often than %s times a day; it is held', item,
      to_char(at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), :pace::bigint) end, points
from redeemed_n{night}
where night = :night and (fast or outcome = 'HELD');

-- name: find_transfer_velocity
insert into break_found
select 'VELOCITY', 'program', '', transfer_no,
  format('transfer to %s of %s: more often than %s times a day; it is held', receiver_id,
    to_char(at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), :pace_in::bigint), points
from transferred
where night = :night and outcome = 'HELD';

-- name: close_velocity
-- Somebody let it go.
update break b
set state = 'CLOSED', closed_night = :night
from hold_release h
where h.night = :night and b.state = 'OPEN' and b.type = 'VELOCITY' and b.key = h.number
  and not exists (select 1 from break_found f where f.type = b.type and f.key = b.key);

-- name: find_oversold
-- Items of which executed redemptions took more than there were.
insert into break_found
select 'OVERSOLD', 'program', '', s.item,
  format('%s: there were %s in all, and %s are gone; executed redemptions of the night took %s', s.item, s.stock,
    coalesce(t.taken, 0) + r.qty, r.executed), null
from unnest(:items::text[], :stocks::bigint[]) as s (item, stock)
join (
  select item, sum(qty) as qty, sum(qty) filter (where mode = 'EXECUTED') as executed
  from redeemed_n{night}
  where night = :night and outcome in ('GRANTED', 'BOOKED')
  group by item
) r on r.item = s.item
left join item_gone t on t.item = s.item
where r.executed > 0 and coalesce(t.taken, 0) + r.qty > s.stock;

-- name: close_overdrawn
-- Nothing is owed of it any more.
update break b
set state = 'CLOSED', closed_night = :night
from redeemed r
join debt_n{night} d on d.debit_night = r.night and d.debit_member = r.member_id and d.debit_n = r.entry_n
where b.state = 'OPEN' and b.type = 'OVERDRAWN' and b.key = r.request_no and d.owed = 0
  and r.refusal is distinct from 'FROZEN';

-- name: close_oversold
-- There are as many again as are gone, since some came back or more were given.
update break b
set state = 'CLOSED', closed_night = :night
from unnest(:items::text[], :stocks::bigint[]) as s (item, stock)
where b.state = 'OPEN' and b.type = 'OVERSOLD' and b.key = s.item
  and s.stock >= coalesce((select taken from item_gone t where t.item = s.item), 0) + coalesce((
    select sum(qty) from redeemed_n{night} r
    where r.night = :night and r.item = s.item and r.outcome in ('GRANTED', 'BOOKED')), 0)
  and not exists (select 1 from break_found f where f.type = b.type and f.key = b.key);

-- name: apply_redeemed
insert into redeemed as known
select * from redeemed_n{night}
on conflict (request_no) do update set redeemed = excluded.redeemed, restored = excluded.restored,
  member_id = case known.outcome when 'HELD' then excluded.member_id else known.member_id end,
  night = case known.outcome when 'HELD' then excluded.night else known.night end,
  refusal = case known.outcome when 'HELD' then excluded.refusal else known.refusal end,
  points = case known.outcome when 'HELD' then excluded.points else known.points end,
  shortfall = case known.outcome when 'HELD' then excluded.shortfall else known.shortfall end,
  entry_n = case known.outcome when 'HELD' then excluded.entry_n else known.entry_n end,
  balance_after = case known.outcome when 'HELD' then excluded.balance_after else known.balance_after end,
  outcome = case known.outcome when 'HELD' then excluded.outcome else known.outcome end;

-- name: apply_voucher
insert into voucher select * from voucher_n{night};

-- name: apply_pass_given
insert into pass_given select * from pass_given_n{night};

-- name: apply_grace
insert into grace_lot (member_id, night, n)
select distinct debit_member, debit_night, debit_n from allocation where night = :night and kind = 'GRACE';

-- name: apply_taken
insert into item_taken as known (item, taken)
select item, sum(qty) from redeemed_n{night} where night = :night and outcome in ('GRANTED', 'BOOKED') group by item
on conflict (item) do update set taken = known.taken + excluded.taken;

-- name: apply_cancelled
with cancelled as (
  update redeemed r
  set cancelled_night = :night
  from redeeming_n{night} w
  where r.request_no = w.request_no and w.cancelled_at is not null and r.cancelled_night is null
    and r.outcome in ('GRANTED', 'BOOKED')
  returning r.item, r.qty
)
update item_taken t
set taken = t.taken - c.qty
from (select item, sum(qty) as qty from cancelled group by item) c
where t.item = c.item;

-- name: apply_decided
delete from redemption_open o using redeemed_n{night} d where d.request_no = o.request_no;

-- name: apply_waiting
insert into redemption_open (request_no, why, since)
select request_no, 'ORDER', :night::date from redeeming_n{night} where waits
on conflict (request_no) do nothing;

-- name: apply_spent
drop table if exists redeeming_n{night}, redeemed_n{night}, paid_order_n{night}, paid_line_n{night}, voucher_n{night},
  pass_given_n{night};
