-- The decision pinned at a first award is a row of its own: with hold and validity it is pinned whole, and a posting
-- names it. Postings from before cannot say what they held for.
do $$
begin
  if exists (select 1 from posting) then
    raise exception 'the postings of this database are from before holds were pinned; start a new home';
  end if;
end $$;

-- grain: one row per decision that lines pin
create table pin (
  pin             integer primary key,
  program_version integer not null,
  rule            text not null,
  per_fen         bigint not null,
  rule_points     bigint not null,
  mode            text not null,
  rounding        text not null,
  hold_days       integer not null,
  expiry_kind     text not null,
  expiry_length   integer not null,
  expiry_unit     text not null,             -- '' where points never expire
  unique (program_version, rule, per_fen, rule_points, mode, rounding, hold_days, expiry_kind, expiry_length, expiry_unit)
);

alter table posting drop column program_version, drop column rule, drop column per_fen, drop column rule_points,
  drop column mode, drop column rounding;
alter table posting add column pin integer;
