-- What statements of money say, each movement once. grain: one row per distinct movement of a channel and shop
create table settlement (
  channel     text collate "C" not null,
  shop        text collate "C" not null,
  content     bytea not null,               -- hash of all the row says
  document    text collate "C" not null,
  flow        text collate "C" not null,    -- number of the movement, '' where the statement has none
  order_no    text collate "C",             -- of the order it belongs to; null: of none, or nobody can tell
  order_key   uuid,
  line_no     text collate "C",
  refund_no   text collate "C",
  at          timestamptz not null,         -- when the money moved
  fee         text not null,                -- what the statement calls it
  kind        text collate "C" not null,    -- PAYMENT REFUND FEE SUBSIDY TRANSFER OTHER, UNKNOWN for a name that no mapping lists
  amount_fen  bigint not null,              -- signed: what the shop got
  first_night date not null,
  sha256      text collate "C" not null,
  source_row  integer not null,
  primary key (channel, shop, content)
);
create index settlement_order on settlement (order_key) where order_key is not null;
create index settlement_night on settlement (first_night);
