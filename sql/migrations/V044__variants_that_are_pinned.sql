-- The variant of an experiment that a member was in is part of the decision that a first award pins.
alter table pin add column variant text not null default '';   -- '' where the version has no experiment

alter table pin drop constraint pin_decision;
alter table pin add constraint pin_decision unique (program_version, rule, per_fen, rule_points, mode, rounding, hold_days,
  expiry_kind, expiry_length, expiry_unit, times, formula, rules, variant);
