-- What became of redemptions; what their documents say stands in own_row.

-- grain: one row per request number that a closed night has decided
create table redeemed (
  request_no      text collate "C" primary key,
  member_id       text collate "C",         -- account it was decided for, resolve through member.merged_into; null: nobody
  night           date not null,            -- that decided it
  mode            text not null,
  item            text collate "C" not null,
  qty             bigint not null,
  at              timestamptz not null,
  order_channel   text collate "C",
  order_no        text collate "C",
  outcome         text not null,            -- GRANTED, REFUSED, BOOKED
  refusal         text,                     -- why it was refused; of an executed one why its price is not known
  points          bigint not null,          -- what it costs
  shortfall       bigint not null,          -- points that were missing where that is why
  entry_n         integer,                  -- its REDEEM entry of that night and member
  balance_after   bigint,                   -- what could be used after it; null where nobody stands behind it
  owed            bigint not null,          -- what it took beyond that
  beyond          boolean not null,         -- an executed one is more than somebody may have
  redeemed        bigint not null,          -- points taken
  restored        bigint not null,          -- points given back of them in all nights
  cancelled_night date                      -- that told of its cancellation: stock and limit have it back from the next on
) with (fillfactor = 80);
create index redeemed_member on redeemed (member_id, item);
create index redeemed_night on redeemed (night);
create index redeemed_order on redeemed (order_no, order_channel) where order_no is not null;

-- Requests that wait for something else than their person. grain: one row per request number that no night has decided
create table redemption_open (
  request_no text collate "C" primary key,
  why        text not null,                 -- ORDER: for the order that it takes money off
  since      date not null
);

-- How many of an item are gone, less what came back before tonight. grain: one row per item
create table item_taken (
  item  text collate "C" primary key,
  taken bigint not null
);
