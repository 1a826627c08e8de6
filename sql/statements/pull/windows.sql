-- The windows of API pulls.
-- grain: one row of pull_window per (channel, shop, api, from_at, to_at)
-- writes: pull_window
-- params: :channel text, :shop text, :api text, :from_at timestamptz, :to_at timestamptz, :state text, :cursor text,
--   :pages int, :rows bigint, :declared bigint, :bytes bigint, :reason text, :attempts int

-- name: planned_until
select max(to_at) from pull_window where channel = :channel and shop = :shop and api = :api;

-- name: unfinished
-- What did not fail yet first, then what was tried least.
select channel, shop, api, from_at, to_at, state, cursor, pages, rows, declared, bytes, reason, attempts
from pull_window
where channel = :channel and shop = :shop and state <> 'PROVEN'
order by state = 'INCOMPLETE', attempts, from_at, to_at, api;

-- name: all
select channel, shop, api, from_at, to_at, state, cursor, pages, rows, declared, bytes, reason, attempts
from pull_window
order by channel, shop, api, from_at, to_at;

-- name: save
insert into pull_window (channel, shop, api, from_at, to_at, state, cursor, pages, rows, declared, bytes, reason, attempts)
values (:channel, :shop, :api, :from_at, :to_at, :state, :cursor, :pages, :rows, :declared, :bytes, :reason, :attempts)
on conflict (channel, shop, api, from_at, to_at) do update set
  state = excluded.state, cursor = excluded.cursor, pages = excluded.pages, rows = excluded.rows,
  declared = excluded.declared, bytes = excluded.bytes, reason = excluded.reason, attempts = excluded.attempts;

-- name: forget_after
delete from pull_window where channel = :channel and shop = :shop and api = :api and to_at > :to_at;

-- name: remove
delete from pull_window
where channel = :channel and shop = :shop and api = :api and from_at = :from_at and to_at = :to_at;
