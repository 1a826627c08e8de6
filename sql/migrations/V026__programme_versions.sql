-- The versions of programmes that have booked, as they stood: a version that was in force in a closed night keeps its
-- content, and decides its dates even when its file is gone. Written by close.

-- grain: one row per version that was in force on or before the last closed night
create table program_version (
  program        text collate "C" not null,
  version        integer not null,
  effective_from date not null,
  hash           text not null,             -- SHA-256 of the file's bytes
  source         text not null,             -- what the file said
  first_night    date not null,             -- the first night that closed with it in force, as it stands here
  primary key (program, version)
);

-- The zone business dates were cut in; '' of nights from before it was kept
alter table night add column zone text not null default '';
