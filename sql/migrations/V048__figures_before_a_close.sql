-- What a night is held against before it closes. grain: one row per (night, channel that brought rows, figure)
create table night_figure (
  night    date not null references night,
  channel  text collate "C" not null,
  figure   text collate "C" not null
    check (figure in ('POINTS_ISSUED', 'MULTIPLIED', 'RETURNED', 'REJECTED', 'UNATTRIBUTED')),
  part     bigint not null,                 -- points, rows or orders
  whole    bigint not null,                 -- what it is a share of; 1 for POINTS_ISSUED
  value    bigint not null,                 -- points, or the share in hundredths of a percent
  nights   integer not null default 0,      -- of whose values the band is made; 0: there is no band
  low      bigint,                          -- null: nothing is too little
  middle   bigint,                          -- median of those nights; null: there is no band
  high     bigint,                          -- end of the band or, without one, the limit of the settings; null: none
  outside  boolean not null default false,
  approved boolean not null default false,  -- a person let this very figure close
  primary key (night, channel, figure)
);

alter table run_action drop constraint run_action_action_check;
alter table run_action add constraint run_action_action_check check (action in ('RERUN', 'STOP', 'RESOLVE', 'APPROVE'));
