-- A grant is an award of its own beside the rate of its line or order. Its key is that of the line with the rule behind it
-- (points.AwardKey); what it was given and of which money is kept with what was posted of it.
alter table posting
  add column granted   bigint,     -- of a grant: points at its award; null of a rate
  add column award_fen bigint;     -- of a grant: money of its cause at its award; null of a rate

alter table pin
  add column grant_kind   text not null default '',    -- POINTS, RATE, TIMES; '' for the decision of a rate
  add column with_times   text not null default '1',   -- of TIMES: what rates and rule multiply by together
  add column with_formula text not null default '',
  add column with_rules   text not null default '',
  add column on_return    text not null default '',    -- KEPT, PROPORTIONAL, FULL, KEEP
  add column campaign     text not null default '';

alter table pin drop constraint pin_decision;
alter table pin add constraint pin_decision unique (program_version, rule, per_fen, rule_points, mode, rounding, hold_days,
  expiry_kind, expiry_length, expiry_unit, expiry_start, expiry_year_end, times, formula, rules, variant, grant_kind,
  with_times, with_formula, with_rules, on_return, campaign);
