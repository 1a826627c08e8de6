-- What a night would book, asked of the copy in which it was run.
-- grain: see each statement
-- writes: extract (of the copy)
-- params: :after date

-- name: last_closed
select coalesce(max(night), date '0001-01-01') as night from close;

-- name: files
-- Files that nights to come may read; the copy has no others. grain: one row per hash
select distinct a.sha256 from arrival a
where a.refused <> 'TOO_LARGE' and (a.night = '-infinity' or a.night > :after)
union
select sha256 from doubled_delivery where read_night is null
union
-- what is taken back is made anew from everything that remains
select sha256 from night_input where exists (select 1 from withdrawal where night = '-infinity' or night > :after);

-- name: nothing_to_mend
-- The copy has no outbox that could be looked after.
update extract set manifest_sha256 = null where manifest_sha256 is not null;

-- name: nights
select night from close where night > :after order by night;

-- name: points
-- grain: one row per channel, shop and kind, over the nights that were run
select channel, shop, kind, sum(entries)::bigint as entries, sum(points)::bigint as points, sum(moved)::bigint as moved
from points_total
where night > :after
group by channel, shop, kind
order by channel, shop, kind;

-- name: deliveries
select channel, shop, document, file, outcome, rows_in, rejected
from night_input
where night > :after
order by night, n;

-- name: breaks
-- grain: one row per type
select type, count(*) as opened
from break
where first_night > :after
group by type
order by type;
