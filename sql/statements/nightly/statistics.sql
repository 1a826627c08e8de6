-- Which tables have changed so much that the planner should look at them again.
-- grain: one row per table
-- writes: nothing
-- params: :tables text[], :rows bigint
-- cost: a look into the catalogue; to look at tables of millions takes longer than the rest of a small night

-- name: stale
-- A fiftieth of it, with the rows of tonight that the server has not counted yet; or nobody ever looked.
select t.name
from unnest(:tables) with ordinality as t (name, n)
join pg_class c on c.oid = t.name::regclass
left join pg_stat_all_tables s on s.relid = c.oid
where c.reltuples < 0 or (coalesce(s.n_mod_since_analyze, 0) + :rows) * 50 > c.reltuples
order by t.n;
