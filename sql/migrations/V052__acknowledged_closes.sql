-- Closes that others have received, as they returned them. grain: one row per (night, hash) ever returned
create table close_ack (
  closed        date not null,
  close_hash    text collate "C" not null,
  first_night   date not null,              -- that read it first
  source_sha256 text not null,
  source_row    integer not null,
  primary key (closed, close_hash)
);
