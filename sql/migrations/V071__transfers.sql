-- Points that members gave to each other, or wanted to. Written by post, seen by readers once the night is closed.
-- grain: one row per transfer number that a night has judged
create table transferred (
  transfer_no text collate "C" primary key,
  giver_id    text collate "C" not null,     -- accounts of that night, resolve through member.merged_into
  receiver_id text collate "C" not null,
  night       date not null,
  at          timestamptz not null,
  points      bigint not null,
  outcome     text not null,                 -- GRANTED, REFUSED
  refusal     text
);
create index transferred_night on transferred (night);
create index transferred_giver on transferred (giver_id);
