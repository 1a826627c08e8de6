-- Where the length of a validity begins, and the day on which its years end, are pinned with it.
alter table pin
  add column expiry_start    text not null default 'AVAILABLE',
  add column expiry_year_end text not null default '';           -- such as --03-31; '' for 31 December

alter table pin drop constraint pin_decision;
alter table pin add constraint pin_decision unique (program_version, rule, per_fen, rule_points, mode, rounding, hold_days,
  expiry_kind, expiry_length, expiry_unit, expiry_start, expiry_year_end, times, formula, rules, variant);
