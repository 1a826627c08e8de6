-- Deliveries that are taken back: their orders are forgotten and made anew from the deliveries that remain.
-- grain: see each statement
-- writes: withdrawal, sales_order, order_line, refund_document, refund_seen, till_return, order_token, return_match, touched,
--   quarantine, delivery, doubled_delivery, shop_name, break
-- params: :night date, :sha256 text, :channel text, :shop text, :document text, :file text, :at timestamptz, :actor text,
--   :because text, :channels text[], :since date, :keys uuid[], :grain text
-- cost: the rows of the orders concerned; the files of their channels since the first of them came are read again

-- name: deliveries
-- What came with these bytes. grain: one row per delivery; closed: the last night that read it is closed
select d.channel, d.shop, d.document, d.file, d.sha256, d.bytes, d.first_night,
  coalesce((select i.grain from night_input i where i.sha256 = d.sha256 and i.channel = d.channel and i.shop = d.shop
    and i.document = d.document order by i.night limit 1), '') as grain,
  not exists (
    select 1 from night_input i left join close c using (night)
    where i.sha256 = d.sha256 and i.channel = d.channel and i.shop = d.shop and c.night is null) as closed,
  exists (select 1 from withdrawal w where w.sha256 = d.sha256 and w.channel = d.channel and w.shop = d.shop
    and w.document = d.document) as withdrawn
from delivery d
where d.sha256 like :sha256 || '%'
order by d.sha256, d.channel, d.shop, d.document;

-- name: replays
-- Small deliveries made of rejected rows of these bytes. grain: one row per delivery
select distinct a.sha256
from quarantine_action a join quarantine q on q.id = a.subject
where q.sha256 = :sha256 and a.action = 'REPLAY' and a.row > 0 and a.sha256 <> :sha256;

-- name: waiting
-- Those that no night has taken yet.
select 1 from arrival where sha256 = :sha256 and night = '-infinity';

-- name: register
insert into withdrawal (channel, shop, document, sha256, file, at, actor, because)
values (:channel, :shop, :document, :sha256, :file, :at, :actor, :because)
on conflict (channel, shop, document, sha256) do nothing;

-- name: freeze
update withdrawal set night = :night where night = '-infinity';

-- name: frozen
-- grain: one row per delivery that the night takes back
select w.channel, w.shop, w.document, w.file, w.sha256, coalesce(d.bytes, 0) as bytes, d.first_night,
  coalesce((select i.grain from night_input i where i.sha256 = w.sha256 and i.channel = w.channel and i.shop = w.shop
    and i.document = w.document order by i.night limit 1), '') as grain, true as closed, true as withdrawn
from withdrawal w
join delivery d using (channel, shop, document, sha256)
where w.night = :night
order by w.channel, w.shop, w.document, w.sha256;

-- name: is_withdrawn
select actor || ': ' || because from withdrawal
where channel = :channel and shop = :shop and document = :document and sha256 = :sha256;

-- name: first_seen
-- The first night that saw anything of these orders.
select min(night) from (
  select min(first_night) as night from sales_order where order_key = any (:keys)
  union all
  select min(first_night) from till_return where order_key = any (:keys)
) t;

-- name: remaining
-- What nights read of these channels since then, without what is taken back. grain: one row per delivery and night
select i.night, i.n, i.channel, i.shop, i.document, i.file, i.sha256, i.grain,
  exists (
    select 1 from quarantine_action a
    where a.sha256 = i.sha256 and (a.action = 'REPLAY' and a.row > 0 or a.action = 'WAIVE')) as rows_again
from night_input i
where i.night >= :since and i.night < :night and i.channel = any (:channels) and i.outcome in ('ACCEPTED', 'REVISION')
  and not i.held
  and not exists (
    select 1 from withdrawal w
    where w.channel = i.channel and w.shop = i.shop and w.document = i.document and w.sha256 = i.sha256
      and w.night <= :night and w.night > '-infinity')
order by i.night, i.n;

-- name: others
-- Deliveries of a kind of document that remain, since then. grain: one row per delivery and night
select i.night, i.n, i.channel, i.shop, i.document, i.file, i.sha256
from night_input i
where i.grain = :grain and i.night >= :since and i.night < :night and i.outcome in ('ACCEPTED', 'REVISION') and not i.held
  and not exists (
    select 1 from withdrawal w
    where w.channel = i.channel and w.shop = i.shop and w.document = i.document and w.sha256 = i.sha256
      and w.night <= :night and w.night > '-infinity')
order by i.night, i.n;

-- name: quarantined
-- Orders with rejects, and the first night of them, without those of what is taken back.
select q.order_key, min(q.first_night) as night
from quarantine q
where q.order_key = any (:keys)
  and not exists (
    select 1 from withdrawal w where w.sha256 = q.sha256 and w.channel = q.channel and w.night > '-infinity')
group by q.order_key;

-- name: claimed
select order_key from order_claim where order_key = any (:keys);

-- name: known
-- Since when the orders are known: that never changes. grain: one row per order
select order_key, first_night from sales_order where order_key = any (:keys);

-- name: refused_splits
select 1 from order_split where parent_key = any (:keys) or child_key = any (:keys) limit 1;

-- name: refused_orphans
-- Returns that found no sale took points of their own; so did those that found one in part.
select 1
from till_return r
where r.orphan_fen > 0
  and (r.order_key = any (:keys)
    or exists (select 1 from return_match x
      where x.return_order_key = r.order_key and x.return_line_key = r.line_key and x.order_key = any (:keys)))
limit 1;

-- name: at_stake
-- Points that stand for lines of these orders.
select coalesce(sum(earned - clawed_back), 0)::bigint from posting where order_key = any (:keys);

-- name: forget_touched
-- Sales whose return is taken back, and returns whose sale is.
insert into touched (night, order_key, cause)
select distinct :night::date, x.order_key, 'RETURN' from return_match x where x.return_order_key = any (:keys)
on conflict do nothing;

-- name: forget_found
update till_return r
set matched_night = null, member_id = null
where exists (
  select 1 from return_match x
  where x.return_order_key = r.order_key and x.return_line_key = r.line_key and x.order_key = any (:keys));

-- name: forget_matches
delete from return_match where return_order_key = any (:keys) or order_key = any (:keys);

-- name: forget_lines
delete from order_line where order_key = any (:keys);

-- name: forget_refunds
delete from refund_document where order_key = any (:keys);

-- name: forget_seen
delete from refund_seen where order_key = any (:keys) and night < :night;

-- name: forget_returns
delete from till_return where order_key = any (:keys);

-- name: forget_tokens
delete from order_token where order_key = any (:keys);

-- name: forget_orders
-- The row stays, as verdict and postings do, with the time of what was posted; one zero byte says that nothing shows it.
update sales_order
set present = false, state = 0, created_at = null, paid_told = false, parent_paid = false, paid_when_completed = false,
  completed_at = null, completed_seen = null, modified_at = null, gross_fen = null, freight_fen = null, refunded_fen = null,
  net_fen = null, item_count = null, order_type = null, payment = null, content = '\x00', parked = false
where order_key = any (:keys);

-- name: settle_rejects
update quarantine q
set state = 'WAIVED', settled_night = :night
from withdrawal w
where w.night = :night and q.sha256 = w.sha256 and q.channel = w.channel and q.state = 'OPEN';

-- name: settle_doubled
delete from doubled_delivery d
using withdrawal w
where w.night = :night and d.sha256 = w.sha256 and d.channel = w.channel and d.shop = w.shop;

-- name: settle_names
-- What was a shop's name by this file alone may be another's.
delete from shop_name s
using withdrawal w
where w.night = :night and s.channel = w.channel and s.file = w.file;

-- name: settle_breaks
update break b
set state = 'CLOSED', closed_night = :night
from withdrawal w
where w.night = :night and b.state = 'OPEN' and b.type = 'DOUBLED_ROWS' and b.channel = w.channel and b.shop = w.shop
  and b.key = w.document || ' ' || w.sha256;

-- name: parked
update sales_order o
set parked = true
where o.order_key = any (:keys)
  and exists (select 1 from quarantine q where q.order_key = o.order_key and q.state = 'OPEN');

-- name: touched
insert into touched (night, order_key, cause)
select :night::date, order_key, 'WITHDRAWN' from sales_order where order_key = any (:keys)
on conflict do nothing;
