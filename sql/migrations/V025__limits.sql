-- What people let in although it is above the limits of the home; who did it and why stands in quarantine_action.
-- grain: one row per order
create table limit_accepted (
  order_key uuid primary key,
  line_fen  bigint not null default 0,  -- a line of the order may carry so much
  rows      bigint not null default 0   -- the order may have so many rows in one night
);

alter table quarantine add constraint quarantine_reason check (reason in (
  'ID_PRECISION_LOST', 'MONEY_LEFTOVER', 'UNKNOWN_STATUS', 'BAD_DATE', 'BAD_NUMBER', 'MISSING_REQUIRED', 'SURPLUS_CELL',
  'UNDECODABLE', 'NO_SHOP', 'CONFLICTING_ROWS', 'DOUBLE_SHOP', 'LIMIT', 'TOO_LONG'));
