-- What the days of a hold count from: COMPLETED or PAID.
alter table pin add column hold_from text not null default 'COMPLETED';

alter table pin drop constraint pin_decision;
alter table pin add constraint pin_decision unique (program_version, rule, per_fen, rule_points, mode, rounding, hold_days,
  hold_from, expiry_kind, expiry_length, expiry_unit, expiry_start, expiry_year_end, times, formula, rules, variant, grant_kind,
  with_times, with_formula, with_rules, on_return, campaign);
