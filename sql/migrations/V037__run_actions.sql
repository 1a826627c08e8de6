-- Runs that somebody asked to stop; the epoch of a run is never given again. grain: one row per run that was asked
create table run_stop (
  epoch  bigint primary key,
  at     timestamptz not null,
  actor  text not null
);

-- What people did to runs by hand. Append-only. grain: one row per (night, action)
create table run_action (
  night  date not null,
  n      integer not null,                   -- 1, 2, 3 … of the night
  action text not null check (action in ('RERUN', 'STOP', 'RESOLVE')),
  at     timestamptz not null,
  actor  text not null,
  reason text not null,
  detail text not null,                      -- what the plan said
  primary key (night, n)
);
