-- Messages for people: what there is to tell of nights, and what waits to be sent.
-- grain: one row of alert per (receiver, what it is about)
-- writes: alert
-- params: :target text, :key text, :kind text, :night date, :title text, :body text, :now timestamptz, :next_at timestamptz,
--   :reason text, :given_up boolean

-- name: untold
-- Nights that were finished lately and of which a receiver has no digest yet; older ones are no news.
select c.night, c.exit_code
from close c
join night_step s on s.night = c.night and s.step = 'deliver' and s.state = 'DONE'
where c.closed_at > clock_timestamp() - interval '2 days'
  and not exists (select 1 from alert a where a.target = :target and a.key = 'night ' || c.night)
order by c.night;

-- name: points
select coalesce(sum(points) filter (where kind = 'EARN'), 0)::bigint as earned,
  coalesce(sum(moved) filter (where kind = 'RELEASE'), 0)::bigint as released,
  coalesce(-sum(points) filter (where kind = 'CLAWBACK'), 0)::bigint as clawed_back,
  coalesce(-sum(points) filter (where kind = 'REDEEM'), 0)::bigint as redeemed,
  coalesce(-sum(points) filter (where kind = 'EXPIRE'), 0)::bigint as expired
from points_total where night = :night;

-- name: rows
select count(*) as files, coalesce(sum(rows_in), 0)::bigint as rows_in, coalesce(sum(rejected), 0)::bigint as rejected
from night_input where night = :night;

-- name: missing
select channel || case when shop = '' then '' else '/' || shop end || ' ' || document as document
from night_expected where night = :night and state <> 'ARRIVED' order by n;

-- name: opened
select type, count(*) as opened
from (
  select type from break where first_night = :night
  union all
  select b.type from break_event e join break b on b.id = e.break_id where e.night = :night and e.event = 'REOPENED'
) t
group by type
order by type;

-- name: problems
-- Breaks that a night opened, also again, and that somebody has to look at.
select b.id, b.type, b.channel, b.shop
from break b
where b.type in ('CONTROL_TOTAL', 'IDENTITY_CONFLICT', 'OVERDRAWN', 'DOUBLE_CHANNEL', 'DOUBLED_ROWS', 'SETTLED_REFUND_UNSEEN',
    'MISSING_DELIVERY')
  and (b.first_night = :night or exists (
    select 1 from break_event e where e.break_id = b.id and e.night = :night and e.event = 'REOPENED'))
order by b.type, b.id;

-- name: put
insert into alert (target, key, kind, night, title, body, made_at, next_at)
values (:target, :key, :kind, :night, :title, :body, :now, :now)
on conflict (target, key) do nothing;

-- name: sent_lately
select count(*) from alert where target = :target and sent_at > :now::timestamptz - interval '1 minute';

-- name: due
-- The next to be sent, for as long as the transaction lasts; what another process sends is passed over.
select key, kind, night, title, body, attempts, made_at
from alert
where target = :target and sent_at is null and not given_up and next_at <= :now
order by night, kind, key
limit 1
for update skip locked;

-- name: sent
update alert set sent_at = :now, attempts = attempts + 1, reason = '' where target = :target and key = :key;

-- name: later
update alert
set attempts = attempts + 1, next_at = :next_at, reason = :reason, given_up = :given_up
where target = :target and key = :key;

-- name: rest
-- Who takes one message not, takes the others not either.
update alert set next_at = greatest(next_at, :next_at::timestamptz)
where target = :target and sent_at is null and not given_up;
