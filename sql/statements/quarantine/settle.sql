-- Settles rejects: registers replays for the next night that collects, waives.
-- grain: one row of quarantine_action per reject and action; one row of arrival per replay
-- writes: arrival, quarantine_action, quarantine, limit_accepted, sales_order, touched
-- params: :channel text, :shop text, :file text, :sha256 text, :bytes bigint, :ids text[], :rows int[], :before text[],
--   :after text[], :action text, :at timestamptz, :actor text, :because text, :night date, :order_key uuid, :line_fen bigint,
--   :order_rows bigint

-- name: alone
-- Two people who settle rejects at once come one after the other.
select pg_advisory_xact_lock(7310, 9);

-- name: withdraw
-- A replay that no night has taken yet gives way to one that carries its rows too.
delete from arrival
where replay and night = '-infinity' and channel = :channel and shop = :shop and sha256 = :sha256;

-- name: register
insert into arrival (channel, shop, file, sha256, bytes, replay)
values (:channel, :shop, :file, :sha256, :bytes, true)
on conflict (night, channel, shop, file, sha256) do nothing;

-- name: act
insert into quarantine_action (subject, n, action, at, actor, because, before_masked, after_masked, sha256, row)
select g.id, coalesce((select max(a.n) from quarantine_action a where a.subject = g.id), 0) + 1, :action, :at, :actor,
  :because, g.before, g.after, :sha256, g.row
from unnest(:ids, :rows, :before, :after) as g (id, row, before, after);

-- name: accept
insert into limit_accepted as known (order_key, line_fen, rows)
values (:order_key, :line_fen, :order_rows)
on conflict (order_key) do update set
  line_fen = greatest(known.line_fen, excluded.line_fen), rows = greatest(known.rows, excluded.rows);

-- name: unfinished
-- A night that has begun and is not closed; merged: it has already looked at the rejects.
select n.night, exists (
    select 1 from night_step s where s.night = n.night and s.step = 'join' and s.state = 'DONE') as merged
from night n
where n.state <> 'CLOSED'
order by n.night
limit 1;

-- name: next_open
select max(night) + 1 as night from close;

-- name: waive
update quarantine
set state = 'WAIVED', settled_night = :night
where (id = any(:ids) or replay_of = any(:ids)) and state = 'OPEN';

-- name: unparked
-- Orders whose rejects are all settled are looked at by the next open night; closed nights stay as they are.
with free as (
  update sales_order o set parked = false
  where o.parked
    and o.order_key in (select q.order_key from quarantine q where q.id = any(:ids) or q.replay_of = any(:ids))
    and not exists (select 1 from quarantine q where q.order_key = o.order_key and q.state = 'OPEN')
  returning o.order_key, o.order_no
), told as (
  insert into touched (night, order_key, cause)
  select :night, order_key, 'PARK' from free
  on conflict do nothing
)
select order_no from free order by order_no;

-- name: still_parked
select distinct o.order_no
from sales_order o
join quarantine q using (order_key)
where o.parked and (q.id = any(:ids) or q.replay_of = any(:ids))
order by 1;
