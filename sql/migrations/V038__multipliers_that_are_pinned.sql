-- What the rules of a programme multiplied by is part of the decision that a first award pins.
alter table pin
  add column times   text not null default '1',   -- exact fraction, such as 3/2
  add column formula text not null default '',    -- how it came about; '' where no rule counted
  add column rules   text not null default '';    -- ids of the rules that counted, by spaces

alter table pin drop constraint pin_program_version_rule_per_fen_rule_points_mode_rounding__key;
alter table pin add constraint pin_decision unique (program_version, rule, per_fen, rule_points, mode, rounding, hold_days,
  expiry_kind, expiry_length, expiry_unit, times, formula, rules);
