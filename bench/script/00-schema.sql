-- The script's own state, made once. What an expert would keep: the orders as they stand, lots as tables of their own
-- night, points that are not yet available apart from those that are, running balances, yesterday's profiles.
-- A lot is the award of one line, so (order_id, line) is its key. Times are local, money is fen.

create sequence order_seq cache 1000;
create sequence entry_seq cache 1000;
create sequence member_seq;

create table shop (shop_id smallint primary key, channel text not null, shop text not null);
insert into shop values (1, 'tmall', 'BLOOM'), (2, 'pos', 'BLOOM'), (3, 'douyin', 'BLOOM');

create table member (
  member_id integer primary key, home_shop text not null, join_channel text not null, join_date date not null);

-- Nicks and cards as keyed hashes.
create table token (hash bytea primary key, member_id integer not null);

create table orders (
  order_id bigint primary key, shop_id smallint not null, order_no text not null, state smallint not null,
  created timestamp, paid timestamp, completed timestamp, gross_fen bigint, freight_fen bigint,
  refunded_fen bigint not null, item_count integer, member_id integer, base_fen bigint not null, back_fen bigint not null
) with (fillfactor = 85);
create unique index orders_no on orders (order_no, shop_id);

-- refund_state: 0 none, 1 open, 2 refused, 3 refunded. earned and clawed are what has been posted.
create table lines (
  order_id bigint not null, line text not null, sku text not null, qty integer not null, price_fen bigint,
  due_fen bigint not null, state smallint not null, refund_state smallint not null, refunded_fen bigint not null,
  base_fen bigint not null, earned integer not null, clawed integer not null, primary key (order_id, line)
) with (fillfactor = 85);

-- What return rows of the till may still be matched to.
create table till_sale (
  member_id integer not null, sku text not null, at timestamp not null, order_no text not null, order_id bigint not null,
  line text not null, left_fen bigint not null);
create index till_sale_of on till_sale (member_id, sku);

-- kind: 1 EARN, 2 RELEASE, 3 CLAWBACK, 4 EXPIRE. Without a line: an expiry, or a return without a sale (cause).
create table entry (
  entry_id bigint not null, night date not null, member_id integer not null, kind smallint not null, points bigint not null,
  moved bigint not null, effective_at timestamp not null, shop_id smallint, order_id bigint, line text, cause text
) partition by list (night);

-- Awards that are not yet available; available_on is null until the order is completed.
create table pending (
  member_id integer not null, shop_id smallint not null, order_id bigint not null, line text not null, points bigint not null,
  remaining bigint not null, night date not null, earned_at timestamp not null, available_on date, open boolean not null);

-- Awards that became available, by the night of their release.
create table lot (
  released date not null, member_id integer not null, shop_id smallint not null, order_id bigint not null, line text not null,
  points bigint not null, remaining bigint not null, expired bigint not null, night date not null,
  earned_at timestamp not null, available_on date not null, expires_on date not null
) partition by list (released);

create table allocation (
  night date not null, entry_id bigint not null, kind smallint not null, order_id bigint not null, line text not null,
  points bigint not null) partition by list (night);

create table debt (
  entry_id bigint primary key, member_id integer not null, shop_id smallint not null, effective_at timestamp not null,
  owed bigint not null);

create table balance (
  member_id integer primary key, pending bigint not null, available bigint not null, owed bigint not null,
  earned bigint not null, clawed bigint not null, expired bigint not null) with (fillfactor = 60);

create table liability (
  night date not null, shop_id smallint not null, account text not null, opening bigint not null, issued bigint not null,
  released bigint not null, clawed_back bigint not null, expired bigint not null, repaid bigint not null,
  closing bigint not null, primary key (night, shop_id, account));

create table profile (
  member_id integer not null, home_shop text, join_channel text, join_date date, points_available bigint,
  points_pending bigint, points_owed bigint, points_expiring_30d bigint, next_expiry_on date, next_expiry_points bigint,
  next_available_on date, lifetime_earned bigint, lifetime_expired bigint, lifetime_clawed_back bigint,
  orders_365d bigint, spend_365d_fen bigint, refund_365d_fen bigint, last_paid_on date, channels text, change text);
