-- What redemptions hand over that is used later: vouchers and passes.

-- grain: one row per code, issued by a closed night
create table voucher (
  request_no text collate "C" not null,     -- redemption it was handed out for, or entry of a draw that won it
  k          integer not null,              -- of several of one redemption
  code       text collate "C" not null,     -- keyed hash, as rows of document voucher_use have it
  member_id  text collate "C" not null,     -- resolve through member.merged_into
  item       text collate "C" not null,
  night      date not null,                 -- that issued it
  valid_to   date,                          -- last day, null for ever
  shops      text not null,                 -- that take it, joined by |; empty for all
  stackable  boolean not null,
  off_fen    bigint,                        -- null where rate says it
  from_fen   bigint not null,
  rate       text,
  max_fen    bigint,
  primary key (request_no, k)
);
create index voucher_code on voucher (code);
create index voucher_night on voucher (night);

-- What is to be said of uses of vouchers. grain: one row per use and night that judged it
create table voucher_used (
  key     text collate "C" not null,        -- of the row of document voucher_use
  night   date not null,
  outcome text not null,
  primary key (night, key)
);

-- grain: one row per redemption of a pass by a closed night, or per entry of a draw that won one
create table pass_given (
  request_no text collate "C" primary key,
  member_id  text collate "C" not null,     -- resolve through member.merged_into
  pass       text collate "C" not null,
  night      date not null,
  from_at    timestamptz not null,          -- inclusive
  to_at      timestamptz,                   -- exclusive, null: open
  uses       bigint                         -- null: any number
);
create index pass_given_member on pass_given (member_id);

create index own_row_voucher_order on own_row ((says ->> 'order_no'), (says ->> 'order_channel'))
  where document = 'voucher_use';
