-- What a copy of the database is made of.
-- grain: see each statement
-- writes: nothing
-- params: none

-- name: tables
-- Every table that holds rows. A partition comes with its parent and its bound. grain: one row per table
select n.nspname as schema, c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound,
  coalesce(array_to_string(c.reloptions, ', '), '') as options,
  (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
   from pg_attribute a
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_inherits i on i.inhrelid = c.oid
left join pg_class p on p.oid = i.inhparent
where c.relkind = 'r' and n.nspname in ('public', 'batch', 'quartz')
order by n.nspname, c.relname;

-- name: references
-- Which table must be filled before which. grain: one row per pair
select distinct cn.nspname || '.' || c.relname as child, pn.nspname || '.' || p.relname as parent
from pg_constraint f
join pg_class c on c.oid = f.conrelid
join pg_namespace cn on cn.oid = c.relnamespace
join pg_class p on p.oid = f.confrelid
join pg_namespace pn on pn.oid = p.relnamespace
where f.contype = 'f' and f.conrelid <> f.confrelid
order by 1, 2;

-- name: sequences
select schemaname as schema, sequencename as name, coalesce(last_value, start_value) as value,
  last_value is not null as called
from pg_sequences
where schemaname in ('public', 'batch', 'quartz')
order by 1, 2;

-- name: fingerprint
select version from omnipoints_schema where part = 'all';

-- name: state
-- grain: one row
select (select max(night) from close) as last_closed,
  (select close_hash from close order by night desc limit 1) as close_hash,
  (select min(night) from night where state not in ('CLOSED', 'WAITING')) as unfinished;

-- name: used
select exists (select 1 from night) or exists (select 1 from arrival);
