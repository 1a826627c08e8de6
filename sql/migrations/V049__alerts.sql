-- Messages for people, until they are taken. grain: one row per (receiver, what it is about)
create table alert (
  target   text collate "C" not null,       -- name of the receiver in the settings
  key      text collate "C" not null,
  kind     text not null check (kind in ('DIGEST', 'PROBLEM')),
  night    date not null,
  title    text not null,
  body     text not null,
  made_at  timestamptz not null,
  attempts integer not null default 0,
  next_at  timestamptz not null,            -- not sent before
  sent_at  timestamptz,
  given_up boolean not null default false,
  reason   text not null default '',        -- why it was not taken at last
  primary key (target, key)
);
create index alert_waiting on alert (target, next_at) where sent_at is null and not given_up;
