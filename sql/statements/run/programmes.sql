-- Versions of programmes that have booked, and the decisions their lines pin.
-- grain: one row per version; one row per decision
-- writes: program_version, pin
-- params: :night date, :program text, :version int, :effective_from date, :hash text, :source text,
--   :rule text, :per_fen bigint, :rule_points bigint, :mode text, :rounding text, :hold_days int, :hold_from text, :expiry_kind text,
--   :expiry_length int, :expiry_unit text, :pin int, :times text, :formula text, :rules text, :variant text,
--   :expiry_start text, :expiry_year_end text,
--   :grant_kind text, :with_times text, :with_formula text, :with_rules text, :on_return text, :campaign text

-- name: booked
select version, effective_from, hash, source, first_night from program_version where program = :program order by version;

-- name: book
-- Content that changed by --accept-version begins anew.
insert into program_version (program, version, effective_from, hash, source, first_night)
values (:program, :version, :effective_from, :hash, :source, :night)
on conflict (program, version) do update set effective_from = excluded.effective_from, hash = excluded.hash,
  source = excluded.source, first_night = excluded.first_night
where program_version.hash <> excluded.hash;

-- name: pin
-- Without a number of its own it gets the next one.
insert into pin (pin, program_version, rule, per_fen, rule_points, mode, rounding, hold_days, hold_from, expiry_kind, expiry_length,
  expiry_unit, expiry_start, expiry_year_end, times, formula, rules, variant, grant_kind, with_times, with_formula, with_rules,
  on_return, campaign)
select coalesce(:pin::int, coalesce(max(pin), 0) + 1), :version, :rule, :per_fen, :rule_points, :mode, :rounding,
  :hold_days, :hold_from, :expiry_kind, :expiry_length, :expiry_unit, :expiry_start, :expiry_year_end, :times, :formula, :rules, :variant,
  :grant_kind, :with_times, :with_formula, :with_rules, :on_return, :campaign
from pin
on conflict do nothing;

-- name: pins
select * from pin order by pin;
