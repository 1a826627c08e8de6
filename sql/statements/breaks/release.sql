-- A person lets go what is held because it went too fast.
-- grain: one row of hold_release per number
-- writes: hold_release
-- params: :number text, :actor text, :because text, :at timestamptz

-- name: held
select 'REDEMPTION' as what from redeemed where request_no = :number and outcome = 'HELD'
union all
select 'TRANSFER' from transferred
where transfer_no = :number and outcome = 'HELD' and night <= (select max(night) from close);

-- name: release
insert into hold_release (number, actor, because, at)
values (:number, :actor, :because, :at)
on conflict do nothing;
