-- What was given of budgets, and what of it came back. grain: one row per night and rule of which something moved
create table budget_taken (
  night    date not null,
  rule     text collate "C" not null,        -- over all versions
  granted  bigint not null,                  -- points of awards that the night gave
  returned bigint not null,                  -- points that clawbacks of the night took back, less those undone
  primary key (night, rule)
);
