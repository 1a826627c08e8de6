-- Refund documents of platforms. A state joins as a lattice; what is dated once is never dated anew.
-- grain: one row per (order, refund id)
create table refund_document (
  order_key     uuid not null,
  refund_no     text collate "C" not null,
  line_id       text collate "C",           -- the platform's line id, null if the document names none
  sku           text collate "C" not null,
  state         smallint not null,          -- rank: 0 OPEN 1 CLOSED 2 REFUNDED
  amount_fen    bigint not null,
  refunded_at   timestamptz,                -- when the money went back, as first told; without a time of its own:
                                            -- the end of the first night whose deliveries show it
  refunded_night date,                      -- the night whose deliveries first showed the money gone back
  content       bytea not null,
  first_night   date not null,
  changed_night date not null,
  source_sha256 text not null,
  source_row    integer not null,
  primary key (order_key, refund_no)
);

-- An order that was split is replaced by its children: it is worth nothing itself, they inherit its payment and decision.
-- grain: one row per (split order, order it was split into)
create table order_split (
  parent_key  uuid not null,
  child_key   uuid not null,
  first_night date not null,
  primary key (parent_key, child_key)
);
create index order_split_child on order_split (child_key);

-- Orders whose own documents state nothing about their completion: their lines do, one night.
create index sales_order_stateless on sales_order (order_key)
  where present and state = 0 and completed_at is null and completed_seen is null;

-- The night whose deliveries first showed an after-sale case of the line as open in the line's own row.
alter table order_line add column open_night date;
