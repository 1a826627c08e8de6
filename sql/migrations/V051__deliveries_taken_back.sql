-- Deliveries that a person took back. The night that carries it out makes their orders anew from what remains.
-- grain: one row per delivery that was taken back
create table withdrawal (
  channel  text collate "C" not null,
  shop     text collate "C" not null,
  document text collate "C" not null,       -- '' where no night has read it: of any document
  sha256   text collate "C" not null,
  file     text collate "C" not null,
  night    date not null default '-infinity',  -- that carried it out; -infinity until one freezes it
  at       timestamptz not null,
  actor    text not null,
  because  text not null,
  primary key (channel, shop, document, sha256)
);
create index withdrawal_night on withdrawal (night);
