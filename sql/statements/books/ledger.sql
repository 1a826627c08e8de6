-- The ledger of one closed night.
-- grain: see each statement
-- writes: nothing
-- params: :night date

-- what its close says; grain: one row
-- name: close
select n.night as date, c.entries, c.entry_root
from night n
left join close c using (night)
where n.night = :night;

-- grain: one row per kind
-- name: kinds
select kind, count(*) as entries, sum(points)::bigint as points, sum(moved)::bigint as moved
from entry
where night = :night
group by kind
order by kind;

-- in the order of the ledger export; grain: one row per entry
-- name: entries
select
  night as entry_night, member_id as entry_member, n as entry_n, kind, points, effective_at, channel, shop, cause_type,
  cause_key, program_version, moved
from entry
where night = :night
order by member_id, n;
