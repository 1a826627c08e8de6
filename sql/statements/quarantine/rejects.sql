-- Rejects as somebody who wants to settle them needs them.
-- grain: one row per reject; those of replayed rows are found under the reject they were a replay of
-- writes: nothing
-- params: :ids text[], :reason text, :channel text, :file text, :state text, :shop text, :document text, :sha256 text

-- name: selected
-- source_shop: of the delivery, which is not always that of the row. replay_*: the last time it was read again;
-- waiting: for a night that collects; taken: the night that is reading it now.
select q.id, q.channel, q.shop, q.document, q.file, q.sha256, q.row, q.column_name, q.reason, q.order_no, q.order_key,
  q.state, q.record_masked, coalesce(i.shop, q.shop) as source_shop, coalesce(p.sha256, '') as replay_sha256,
  coalesce(p.row, 0) as replay_row, coalesce(p.waiting, false) as waiting, p.taken
from quarantine q
left join lateral (
  select i.shop from night_input i
  where i.night = q.first_night and i.channel = q.channel and i.sha256 = q.sha256
    and left(encode(sha256(convert_to(concat_ws('|', i.channel, i.shop, i.document, i.sha256, q.row, q.column_name,
      q.reason), 'UTF8')), 'hex'), 16) = q.id
  limit 1
) i on true
left join lateral (
  select a.sha256, a.row,
    exists (
      select 1 from arrival r
      where r.replay and r.night = '-infinity' and r.channel = q.channel and r.sha256 = a.sha256) as waiting,
    (select min(r.night) from arrival r
     where r.replay and r.night > '-infinity' and r.channel = q.channel and r.sha256 = a.sha256
       and not exists (
         select 1 from night_step s where s.night = r.night and s.step = 'join' and s.state = 'DONE')) as taken
  from quarantine_action a
  where a.subject = q.id and a.action = 'REPLAY'
  order by a.n desc
  limit 1
) p on true
where q.replay_of is null
  and (cardinality(:ids) = 0 or q.id = any(:ids)
    or q.id in (select c.replay_of from quarantine c where c.id = any(:ids)))
  and (:reason = '' or q.reason = :reason)
  and (:channel = '' or q.channel = :channel)
  and (:file = '' or q.file = :file)
  and (:state = '' or q.state = :state)
order by q.id;

-- name: above_limits
-- With one row above a limit a person lets in all of its order: overlapping exports show it again and again.
select distinct o.id
from quarantine q
join quarantine o on o.order_key = q.order_key and o.reason = 'LIMIT' and o.state = 'OPEN' and o.replay_of is null
where q.id = any(:ids) and q.reason = 'LIMIT'
order by 1;

-- name: unknown
select id from unnest(:ids) as given (id)
where not exists (select 1 from quarantine q where q.id = given.id)
order by id;

-- name: of_source
-- every reject of one delivery, with what it was last replayed as
select q.id, q.row, q.column_name, q.state, q.record_masked, coalesce(p.sha256, '') as replay_sha256, coalesce(p.row, 0) as replay_row,
  coalesce(p.waiting, false) as waiting, p.taken
from quarantine q
left join lateral (
  select a.sha256, a.row,
    exists (
      select 1 from arrival r
      where r.replay and r.night = '-infinity' and r.channel = q.channel and r.sha256 = a.sha256) as waiting,
    (select min(r.night) from arrival r
     where r.replay and r.night > '-infinity' and r.channel = q.channel and r.sha256 = a.sha256
       and not exists (
         select 1 from night_step s where s.night = r.night and s.step = 'join' and s.state = 'DONE')) as taken
  from quarantine_action a
  where a.subject = q.id and a.action = 'REPLAY'
  order by a.n desc
  limit 1
) p on true
where q.replay_of is null and q.channel = :channel and q.sha256 = :sha256 and q.document = :document
  and exists (
    select 1 from night_input i
    where i.night = q.first_night and i.channel = q.channel and i.shop = :shop and i.sha256 = q.sha256
      and left(encode(sha256(convert_to(concat_ws('|', i.channel, i.shop, i.document, i.sha256, q.row, q.column_name,
        q.reason), 'UTF8')), 'hex'), 16) = q.id)
order by q.row, q.id;

-- name: refused_file
-- A file that was refused whole, as it came last.
select i.night, i.channel, i.shop, i.file, i.sha256, i.bytes, i.outcome,
  exists (
    select 1 from arrival r
    where r.night = '-infinity' and r.channel = i.channel and r.shop = i.shop and r.sha256 = i.sha256) as waiting,
  exists (
    select 1 from delivery d where d.channel = i.channel and d.shop = i.shop and d.sha256 = i.sha256)
  or exists (
    -- a bundle that was unpacked since
    select 1 from night_input l
    where l.channel = i.channel and l.shop = i.shop and l.night > i.night and starts_with(l.file, i.file || '/')) as used
from night_input i
where i.sha256 = :sha256 and i.outcome not in ('ACCEPTED', 'REVISION', 'DUPLICATE', 'EMPTY')
order by i.night desc, i.n;
