-- What platforms were told that members may spend, so that the next night tells the difference.
-- grain: one row per token and night that told its platform something else than before
create table balance_sent (
  platform text collate "C" not null,
  channel  text collate "C" not null,       -- of the token
  hash     bytea not null,
  night    date not null,
  points   bigint not null,
  level    integer not null,
  primary key (platform, channel, hash, night)
);
create index balance_sent_night on balance_sent (night);
