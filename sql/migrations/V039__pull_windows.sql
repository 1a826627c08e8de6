-- How far each window of an API is pulled. grain: one row per (channel, shop, api, from_at, to_at)
create table pull_window (
  channel  text collate "C" not null,
  shop     text collate "C" not null,
  api      text collate "C" not null,        -- what is asked: orders, after_sales
  from_at  timestamptz not null,             -- first moment of change that is asked for
  to_at    timestamptz not null,             -- first moment that is not
  state    text not null check (state in ('OPEN', 'PROVEN', 'INCOMPLETE')),
  cursor   text not null,                    -- the page to be asked next; '' before the first, '-' behind the last
  pages    integer not null,
  rows     bigint not null,                  -- orders or cases in the pages taken
  declared bigint,                           -- how many the platform says there are; null: it does not
  bytes    bigint not null,                  -- of the pages, all of them durable
  reason   text not null,                    -- why it is not proven
  attempts integer not null,
  primary key (channel, shop, api, from_at, to_at),
  check (from_at < to_at)
);
