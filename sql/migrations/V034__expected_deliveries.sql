-- What a night expected and whether it came. grain: one row per (night, expected document)
create table night_expected (
  night    date not null references night,
  n        integer not null,                 -- in the order of channels and settings
  channel  text collate "C" not null,
  shop     text collate "C" not null,        -- '' means any shop
  document text collate "C" not null,
  deadline timestamptz,                      -- until when the night waits; null: it does not
  state    text not null check (state in ('ARRIVED', 'WAITING', 'MISSING', 'WITHOUT')),
  primary key (night, n)
);

-- Channels that a night is closed without, and why. grain: one row per (night, channel)
create table night_without (
  night   date not null references night,
  channel text collate "C" not null,
  reason  text not null,
  primary key (night, channel)
);

-- A step that waits for a delivery has been begun and is begun anew.
alter table night_step drop constraint night_step_state_check;
alter table night_step add constraint night_step_state_check
  check (state in ('RUNNING', 'FAILED', 'STOPPED', 'WAITING', 'DONE'));
