-- Which nights lie in which leaf of the tables that are cut by nights. grain: one row per (table, night)
create view leaf as
select p.relname::text as parent, c.relname::text as name, n.value[1]::date as night, greatest(c.reltuples, 0)::bigint as rows
from pg_inherits i
join pg_class p on p.oid = i.inhparent and p.relkind = 'p'
join pg_class c on c.oid = i.inhrelid
cross join lateral regexp_matches(pg_get_expr(c.relpartbound, c.oid), '''(\d{4}-\d\d-\d\d)''', 'g') n (value);
