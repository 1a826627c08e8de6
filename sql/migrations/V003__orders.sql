-- Order space: commercial facts, keyed by a 128-bit hash of (channel, shop, order).
-- They are joined as a lattice and may be ahead of the ledger; what they are worth is decided by a night.

-- grain: one row per order of a channel and shop
create table sales_order (
  order_key      uuid primary key,
  channel        text collate "C" not null,
  shop           text collate "C" not null,
  order_no       text collate "C" not null,
  present        boolean not null,          -- an order document (or a till) has shown the order itself, not only its lines
  state          smallint not null,         -- rank: 0 UNKNOWN 1 UNPAID 2 PAID 3 SHIPPED 4 COMPLETED 5 CLOSED
  created_at     timestamptz,
  paid_at        timestamptz,
  completed_at   timestamptz,               -- as the document says
  completed_seen date,                      -- first night whose deliveries show COMPLETED without a time of its own
  modified_at    timestamptz,
  gross_fen      bigint,                    -- freight included; null where it is the sum of the lines
  freight_fen    bigint,
  refunded_fen   bigint,
  net_fen        bigint,
  item_count     numeric,
  content        bytea not null,            -- hash of the winning row
  parked         boolean not null default false,  -- a reject inside the order
  first_night    date not null,
  changed_night  date not null,             -- the night that last replaced the winning row
  source_sha256  text not null,
  source_row     integer not null,
  -- decisions of the last closed night that looked at it
  class          text not null default '',  -- accounting class, see requirement L1; '' until a night has looked
  owner          text collate "C",          -- member_id, resolved through merges
  base_fen       bigint not null default 0,
  goods_refund_fen bigint not null default 0,
  would_be_points  bigint not null default 0
) with (fillfactor = 70);
create index sales_order_number on sales_order (channel, order_no);
create index sales_order_owner on sales_order (owner) where owner is not null;

-- grain: one row per line of an order and key generation
create table order_line (
  order_key    uuid not null,
  line_key     text collate "C" not null,
  generation   smallint not null,           -- 1 generated key, 2 platform line id; the larger one is live
  sku          text collate "C" not null,
  qty          numeric,
  price_fen    bigint,
  due_fen      bigint,
  paid_fen     bigint,
  state        smallint not null,
  refund_state smallint not null,           -- rank: 0 NONE 1 OPEN 2 REFUSED 3 REFUNDED
  refunded_fen bigint,
  at           timestamptz,                 -- the line's own event time (till), else null
  till_points  bigint,
  excluded     boolean not null,
  content      bytea not null,
  first_night  date not null,
  changed_night date not null,
  source_sha256 text not null,
  source_row   integer not null,
  primary key (order_key, line_key)
) with (fillfactor = 80);

-- Refund amounts without a time of their own, dated by the first night whose deliveries show them.
-- grain: one row per (order, line or '' for the whole order, night that changed the amount); refunded_fen is cumulative
create table refund_seen (
  order_key    uuid not null,
  line_key     text collate "C" not null,
  night        date not null,
  refunded_fen bigint not null,
  primary key (order_key, line_key, night)
);

-- Return rows of a till. grain: one row per return row, ever
create table till_return (
  order_key    uuid not null,               -- the return's own receipt
  line_key     text collate "C" not null,
  channel      text collate "C" not null,
  shop         text collate "C" not null,
  order_no     text collate "C" not null,
  sku          text collate "C" not null,
  amount_fen   bigint not null,
  at           timestamptz not null,
  till_points  bigint,
  content      bytea not null,
  first_night  date not null,
  matched_night date,                       -- the night that matched it or found it to be an orphan
  member_id    text collate "C",            -- who returned, as known when it was matched
  orphan_fen   bigint not null default 0,   -- the part that found no sale
  source_sha256 text not null,
  source_row   integer not null,
  primary key (order_key, line_key)
);
create index till_return_open on till_return (first_night) where matched_night is null;

-- What a return row took from which sale; stored once, never redone. grain: one row per (return row, sale line)
create table return_match (
  return_order_key uuid not null,
  return_line_key  text collate "C" not null,
  order_key        uuid not null,
  line_key         text collate "C" not null,
  amount_fen       bigint not null check (amount_fen > 0),
  at               timestamptz not null,
  night            date not null,
  primary key (return_order_key, return_line_key, order_key, line_key)
);
create index return_match_sale on return_match (order_key);

-- Buyer tokens of an order (hashes only). grain: one row per (order or return receipt, token)
create table order_token (
  order_key uuid not null,
  kind      text collate "C" not null,
  channel   text collate "C" not null,
  hash      bytea not null,
  shown     text not null,
  night     date not null,                  -- first seen; of several tokens of one kind the first counts
  primary key (order_key, kind, channel, hash)
);
create index order_token_hash on order_token (hash);

-- The night's work set. grain: one row per (night, order, cause): the lines of an order share its amounts, so an order
-- is looked at whole. Rows of a later night wait for that night (facts at or after the cut).
-- cause: ROW a row was merged, OWNER its owner changed, LATER a fact of a later date,
--        RETURN a return was matched to it, PARK it was parked or released
create table touched (
  night     date not null,
  order_key uuid not null,
  cause     text not null,
  primary key (night, order_key, cause)
);
