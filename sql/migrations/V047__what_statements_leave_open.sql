-- What the account held after a movement, where its statement says so: balances that do not follow from one another tell
-- that movements are missing.
alter table settlement add column balance_fen bigint;
create index settlement_balance on settlement (channel, shop, document, at) where balance_fen is not null;

-- Money that orders say went back to the buyer and no statement shows yet, of channels that say within how many days one
-- must. grain: one row per order, gone when statements show as much
create table unpaid_refund (
  order_key uuid primary key,
  channel   text collate "C" not null,
  shop      text collate "C" not null,
  order_no  text collate "C" not null,
  fen       bigint not null,                 -- goods only
  due_on    date not null                    -- the last day on which a statement may show it
);
create index unpaid_refund_due on unpaid_refund (due_on);

comment on column break.points is 'Points at stake: of a class of orders what they would earn, of a statement those of the money it tells';
