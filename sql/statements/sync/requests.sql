-- What platforms are told of points over HTTP: planned as the difference to what they took, noted before it is sent and
-- again once it is answered.
-- grain: one row of sync_request per request number
-- writes: sync_request, balance_sent
-- params: :platform text, :kind text, :zone text, :levels boolean, :attempts int, :numbers text[], :number text,
--   :now timestamptz, :reason text, :theirs bigint
-- cost: the tokens whose telling is open

-- name: try
select pg_try_advisory_lock(7310, 2);

-- name: release
select pg_advisory_unlock(7310, 2);

-- name: last_extract
-- The last night whose files are written.
select max(night) from extract;

-- name: forget_planned
-- What was never sent is planned anew.
delete from sync_request where platform = :platform and state = 'PLANNED';

-- name: gone
-- Tokens that nobody has any more.
update balance_sent s
set state = 'GONE'
where s.platform = :platform and s.state = 'OPEN'
  and not exists (
    select 1 from token t where t.channel = s.channel and t.hash = s.hash and t.kind = :kind and t.valid_to = 'infinity');

-- name: settled
-- The platform has it already, by this night's telling or a later one. Of a token whose telling has no answer nobody knows.
update balance_sent o
set state = 'TOLD'
from (
  select distinct on (channel, hash) channel, hash, night, points, level
  from balance_sent
  where platform = :platform and state = 'OPEN'
  order by channel, hash, night desc
) t
left join lateral (
  select a.night, a.points, a.level
  from (
    (select r.night, r.points, r.level from sync_request r
     where r.platform = :platform and r.channel = t.channel and r.hash = t.hash and r.state = 'TAKEN'
     order by r.night desc limit 1)
    union all
    (select s.night, s.points, s.level from balance_sent s
     where s.platform = :platform and s.channel = t.channel and s.hash = t.hash and s.state = 'FILE'
     order by s.night desc limit 1)
  ) a
  order by a.night desc limit 1
) a on true
where o.platform = :platform and o.channel = t.channel and o.hash = t.hash and o.state = 'OPEN'
  and (a.night >= o.night
    or t.points = coalesce(a.points, 0) and (not :levels or t.level = coalesce(a.level, 1)))
  and not exists (
    select 1 from sync_request r
    where r.platform = :platform and r.channel = t.channel and r.hash = t.hash and r.state = 'SENT');

-- name: plan
-- Each token whose telling is open, against what the platform took last. A number that was refused is used again.
insert into sync_request as known (platform, request_no, channel, hash, member_id, shown, night, at, before_points, points,
  level, state, attempts, reason)
select :platform, to_char(t.night, 'YYYYMMDD') || '-' || left(encode(t.hash, 'hex'), 24), t.channel, t.hash,
  coalesce(m.merged_into, m.member_id), k.shown, t.night, (t.night + 1)::timestamp at time zone :zone,
  coalesce(a.points, 0), t.points, t.level, 'PLANNED', 0, ''
from (
  select distinct on (channel, hash) channel, hash, night, points, level
  from balance_sent
  where platform = :platform and state = 'OPEN'
  order by channel, hash, night desc
) t
join token k on k.kind = :kind and k.channel = t.channel and k.hash = t.hash and k.valid_to = 'infinity'
join member m on m.member_id = k.member_id
left join lateral (
  select a.night, a.points
  from (
    (select r.night, r.points from sync_request r
     where r.platform = :platform and r.channel = t.channel and r.hash = t.hash and r.state = 'TAKEN'
     order by r.night desc limit 1)
    union all
    (select s.night, s.points from balance_sent s
     where s.platform = :platform and s.channel = t.channel and s.hash = t.hash and s.state = 'FILE'
     order by s.night desc limit 1)
  ) a
  order by a.night desc limit 1
) a on true
where not exists (
  select 1 from sync_request r
  where r.platform = :platform and r.channel = t.channel and r.hash = t.hash and r.state = 'SENT')
on conflict (platform, request_no) do update set
  before_points = excluded.before_points, points = excluded.points, level = excluded.level, shown = excluded.shown,
  member_id = excluded.member_id
where known.state = 'REFUSED';

-- name: due
-- What is planned, and what was refused less than :attempts times; the least tried first.
select r.request_no, r.shown, r.before_points, r.points, r.level, r.night, r.at
from sync_request r
join (
  select distinct on (channel, hash) channel, hash, night
  from balance_sent
  where platform = :platform and state = 'OPEN'
  order by channel, hash, night desc
) t on t.channel = r.channel and t.hash = r.hash and t.night = r.night
where r.platform = :platform and r.state in ('PLANNED', 'REFUSED') and r.attempts < :attempts
order by r.attempts, r.channel, r.hash;

-- name: unanswered
select request_no, shown, before_points, points, level, night, at
from sync_request
where platform = :platform and state = 'SENT'
order by night, channel, hash;

-- name: sending
update sync_request set state = 'SENT', attempts = attempts + 1, sent_at = :now
where platform = :platform and request_no = any (:numbers) and state in ('PLANNED', 'REFUSED')
returning request_no;

-- name: again
update sync_request set attempts = attempts + 1, sent_at = :now
where platform = :platform and request_no = any (:numbers) and state = 'SENT';

-- name: taken
update sync_request set state = 'TAKEN', reason = :reason, theirs = :theirs, answered_at = :now
where platform = :platform and request_no = :number and state = 'SENT';

-- name: taken_told
update balance_sent s
set state = 'TOLD'
from sync_request r
where r.platform = :platform and r.request_no = :number and r.state = 'TAKEN'
  and s.platform = r.platform and s.channel = r.channel and s.hash = r.hash and s.state = 'OPEN' and s.night <= r.night;

-- name: refused
update sync_request set state = 'REFUSED', reason = :reason, answered_at = :now
where platform = :platform and request_no = :number and state = 'SENT';

-- name: nothing_done
update sync_request set state = 'PLANNED', reason = :reason
where platform = :platform and request_no = any (:numbers) and state = 'SENT';

-- name: no_answer
update sync_request set reason = :reason
where platform = :platform and request_no = any (:numbers) and state = 'SENT';

-- name: stopped
update sync_request set reason = :reason where platform = :platform and state = 'PLANNED';

-- name: counts
-- grain: one row
select
  (select count(*) from sync_request where platform = :platform and state = 'TAKEN') as taken,
  (select count(distinct (channel, hash)) from balance_sent where platform = :platform and state = 'OPEN') as open,
  (select count(*) from sync_request where platform = :platform and state = 'SENT') as unanswered,
  (select max(night) from sync_request where platform = :platform and state = 'TAKEN') as last_night;

-- name: left
-- Requests of tokens whose telling is open or has no answer, and those after which the platform said another total.
-- grain: one row per request number
select r.request_no, r.member_id, r.night, r.before_points, r.points, r.state, r.attempts, r.reason, r.theirs, r.sent_at
from sync_request r
where r.platform = :platform and r.state <> 'TAKEN'
  and (r.state = 'SENT' or exists (
    select 1 from balance_sent s
    where s.platform = r.platform and s.channel = r.channel and s.hash = r.hash and s.state = 'OPEN' and s.night = r.night))
union all
select r.request_no, r.member_id, r.night, r.before_points, r.points, r.state, r.attempts, r.reason, r.theirs, r.sent_at
from sync_request r
where r.platform = :platform and r.state = 'TAKEN' and r.theirs <> r.points
  and not exists (
    select 1 from sync_request l
    where l.platform = r.platform and l.channel = r.channel and l.hash = r.hash and l.night > r.night and l.theirs is not null)
order by 3, 1;
