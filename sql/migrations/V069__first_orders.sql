-- Which order of a member is his first, in homes whose programme gives something for it. grain: one row per member who has one
create table first_order (
  member_id text collate "C" primary key,
  night     date not null,                   -- that last decided it
  order_key uuid not null,
  channel   text collate "C" not null,
  shop      text collate "C" not null,
  order_no  text collate "C" not null,
  at        timestamptz not null,            -- when it was paid
  state     text not null                    -- HELD; CLOSED: it came back whole; FREE: so did it, and the next may have it
) with (fillfactor = 80);
create index first_order_order on first_order (order_key);
