-- What the shop column of accepted deliveries said, and under which shop their rows were booked.
-- grain: one row per (channel, name in the column, shop)
create table shop_name (
  channel     text collate "C" not null,
  name        text collate "C" not null,
  shop        text collate "C" not null,
  first_night date not null,
  file        text collate "C" not null,
  primary key (channel, name, shop)
);

-- The same bytes under whatever shop.
create index delivery_bytes on delivery (sha256);

-- Till files in which every row stands an even number of times: their rows wait until somebody says that this is right.
-- grain: one row per such delivery
create table doubled_delivery (
  channel    text collate "C" not null,
  shop       text collate "C" not null,
  document   text collate "C" not null,
  sha256     text collate "C" not null,
  file       text collate "C" not null,
  bytes      bigint not null,
  night      date not null,
  read_night date,                          -- the night that read it after it was accepted
  primary key (channel, shop, document, sha256)
);

alter table night_input add column held boolean not null default false;  -- its rows wait, none was joined
