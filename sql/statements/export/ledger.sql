-- The entries of one closed night in the order of the ledger export.
-- grain: one row per entry
-- writes: nothing
-- params: :night date
select e.member_id, e.n, e.kind, e.points, e.effective_at, e.channel, e.shop, e.cause_type, e.cause_key,
  e.program_version, e.moved
from entry e
where e.night = :night
order by e.member_id, e.n;
