-- What orders of some time would be worth under another programme. All that is made here is temporary and undone.
-- grain: see each statement
-- writes: nothing that stays
-- params: :night date, :from date, :to date, :members text[]
-- cost: one pass over the verdicts, and what order space costs for the orders of that time

-- name: last_closed
select max(night) as night from close;

-- name: temporary
-- Tables of a night are made where this connection alone sees them.
select set_config('search_path', 'pg_temp, ' || current_setting('search_path'), true);

-- name: create_work
create table work_n{night} (order_key uuid primary key);

-- name: work
insert into work_n{night}
select order_key from verdict where paid_on between :from and :to and class in ('POSTED', 'ZERO');

-- name: standings_anew
truncate standing_n{night};

-- name: bought_before
select distinct b.account
from (
  select member_id, member_id as account from member where member_id = any (:members::text[])
  union all
  select member_id, merged_into from member where merged_into = any (:members::text[])
) b
join verdict v on v.owner = b.member_id
where v.paid_on < :from and v.class in ('POSTED', 'ZERO');
