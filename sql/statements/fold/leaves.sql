-- The leaves of a table that is cut by nights, and what a copy of one needs.
-- grain: see each statement
-- writes: nothing
-- params: :parent text

-- name: leaves
-- grain: one row per leaf, the oldest first
select name, array_agg(night order by night) as nights, max(rows) as rows
from leaf
where parent = :parent
group by name
order by min(night);

-- name: night_column
-- The column by which it is cut.
select a.attname
from pg_partitioned_table p
join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
where p.partrelid = :parent::regclass;

-- name: columns
select string_agg(quote_ident(attname), ', ' order by attnum)
from pg_attribute
where attrelid = :parent::regclass and attnum > 0 and not attisdropped and attgenerated = '';
