-- state of sales_order is the rank of the standing row: 0 UNKNOWN 1 UNPAID 2 CLOSED without a payment 3 PAID 4 SHIPPED
-- 5 COMPLETED 6 CLOSED with a payment. What was closed unpaid and is paid later is paid.
alter table sales_order
  add column paid_told boolean not null default false,            -- the standing row tells the time of the payment itself
  add column parent_paid boolean not null default false,          -- it was split from an order that was paid
  add column paid_when_completed boolean not null default false;  -- cash on delivery: without a time, completion pays it

-- What rows say of a line is joined fact by fact: state is the highest rank any row showed but for CLOSED, closed says
-- whether one showed that. The rank of the standing row stands beside, so that the join compares rows with rows.
alter table order_line
  add column closed boolean not null default false,
  add column row_state smallint not null default 0,
  add column row_refunded_fen bigint;
