-- A person ends a break, or accepts what it warns of.
-- grain: one row of break_action per decision
-- writes: break_action, break
-- params: :id text, :action text, :at timestamptz, :actor text, :because text, :state text, :owner text, :due date, :cause text

-- name: break
-- Locked, so that two people who decide at once come one after the other.
select b.id, b.type, b.channel, b.shop, b.key, b.state, b.closed_night, b.detail,
  exists (select 1 from break_action a where a.break_id = b.id and a.action = 'ACCEPT') as accepted
from break b
where b.id = :id
for update;

-- name: act
insert into break_action (break_id, n, action, at, actor, because, detail)
select b.id, coalesce((select max(a.n) from break_action a where a.break_id = b.id), 0) + 1, :action, :at, :actor, :because,
  b.detail
from break b
where b.id = :id;

-- name: resolved
update break set state = :state, closed_night = null where id = :id;

-- name: assigned
update break set owner = :owner, due_on = :due where id = :id;

-- name: explained
update break set cause = :cause where id = :id;
