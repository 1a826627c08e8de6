-- What people decided about breaks. RESOLVE ends a break by hand; ACCEPT ends it and says that what it warns of is right:
-- who reads an acceptance joins break on (type, channel, shop, key). Append-only.
-- grain: one row per (break, action)
create table break_action (
  break_id text collate "C" not null,
  n        integer not null,                -- 1, 2, 3 … of the break
  action   text not null check (action in ('RESOLVE', 'ACCEPT')),
  at       timestamptz not null,
  actor    text not null,
  because  text not null,
  detail   text not null,                   -- what the break said when it was decided
  primary key (break_id, n)
);

-- What nights did to a break. grain: one row per (break, night that opened, changed, closed or reopened it)
create table break_event (
  break_id text collate "C" not null,
  night    date not null,
  event    text not null check (event in ('OPENED', 'CHANGED', 'CLOSED', 'REOPENED')),
  detail   text not null,
  primary key (break_id, night)
);

-- RESOLVED: ended by a person, stays ended while a night finds the very same again.
alter table break drop constraint break_state_check;
alter table break add constraint break_state_check check (state in ('OPEN', 'CLOSED', 'RESOLVED'));
