-- The ledger of one closed night in figures.
-- grain: one row per kind
-- writes: nothing
-- params: :night date

select kind, count(*) as entries, sum(points)::bigint as points, sum(moved)::bigint as moved
from entry
where night = :night
group by kind
order by kind;
