-- What a night saw and left lying where it was. grain: one row per (night, file)
create table inbox_left (
  night  date not null references night,
  n      integer not null,                   -- in the order of the names
  file   text collate "C" not null,          -- <channel>/<shop>/<name>, below the inbox or on a server
  kind   text not null,                      -- which rule left it
  reason text not null,                      -- why, and what to do about it
  since  date not null,                      -- the first of the nights in a row that saw it there
  primary key (night, n)
);
