-- What a proof of the whole installation looks at: archive, ledger, the chains of closes, extracts.
-- grain: see each statement
-- writes: nothing
-- params: :from date, :to date, :night date
-- cost: one pass over arrivals, over the entries of the nights asked for, and over all closes

-- name: archived
-- Files whose bytes must lie in the archive; what was too large to be taken lies elsewhere. grain: one row per hash
select sha256, min(channel || case when shop = '' then '' else '/' || shop end || '/' || file) as file
from (
  select sha256, channel, shop, file from arrival
  where refused <> 'TOO_LARGE' and (night between :from and :to or night = '-infinity')
  union
  select sha256, channel, shop, file from night_input
  where outcome <> 'TOO_LARGE' and night between :from and :to
) a
group by sha256
order by sha256;

-- name: closes
-- All of them, in order. grain: one row per close
select c.night, c.previous, c.entries, c.entry_root, c.close_hash, c.evidence_hash, c.program_version, n.zone
from close c
left join night n using (night)
order by c.night;

-- name: unclosed
-- Nights of which something says that they were closed, and that have no close.
select night from (
  select night from night where state = 'CLOSED'
  union
  select night from extract
  union
  select distinct night from liability
  union
  select previous from close where previous is not null
) t
where not exists (select 1 from close c where c.night = t.night)
order by night;

-- name: entries
-- In the order of the ledger export.
select night, member_id, n, kind, points, effective_at, channel, shop, cause_type, cause_key, program_version, moved
from entry
where night = :night
order by member_id, n;

-- name: suspects
-- Entries that other rows of the ledger contradict: an award and its lot are of the same points.
select e.member_id, e.n, e.kind, e.points, l.points as lot
from entry e
left join lot l on l.night = e.night and l.member_id = e.member_id and l.n = e.n
where e.night = :night and e.kind = 'EARN' and e.points > 0 and e.points is distinct from l.points
order by e.member_id, e.n
limit 5;

-- name: kinds
-- Where the entries of a night are not what its close says of a channel, shop and kind.
select coalesce(t.channel, e.channel) as channel, coalesce(t.shop, e.shop) as shop, coalesce(t.kind, e.kind) as kind,
  coalesce(t.entries, 0) as closed_entries, coalesce(t.points, 0) as closed_points, coalesce(t.moved, 0) as closed_moved,
  coalesce(e.entries, 0) as entries, coalesce(e.points, 0) as points, coalesce(e.moved, 0) as moved
from (select * from points_total where night = :night) t
full join (
  select channel, shop, kind, count(*) as entries, sum(points) as points, sum(moved) as moved
  from entry
  where night = :night
  group by channel, shop, kind
) e on e.channel = t.channel and e.shop = t.shop and e.kind = t.kind
where (coalesce(t.entries, 0), coalesce(t.points, 0), coalesce(t.moved, 0))
  <> (coalesce(e.entries, 0), coalesce(e.points, 0), coalesce(e.moved, 0))
order by 1, 2, 3;

-- name: extracts
select x.night, x.manifest_sha256 from extract x
where x.night between :from and :to and x.manifest_sha256 is not null
order by x.night;

-- name: unfinished
select min(night) as night from night where state <> 'CLOSED';

-- name: acks
-- Closes that others have received, as documents returned them.
select a.closed, a.close_hash, coalesce((select min(i.file) from night_input i where i.sha256 = a.source_sha256), '') as file
from close_ack a
order by a.closed, a.close_hash;

-- name: acks_of_night
select closed, close_hash from close_ack where first_night = :night order by closed, close_hash;
