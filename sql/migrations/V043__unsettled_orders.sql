-- Completed orders that no statement has settled yet, of channels that say within how many days one must.
-- grain: one row per order, gone when its payment is in a statement
create table unsettled (
  order_key uuid primary key,
  channel   text collate "C" not null,
  shop      text collate "C" not null,
  order_no  text collate "C" not null,
  due_on    date not null                    -- the last day on which a statement may show it
);
create index unsettled_due on unsettled (due_on);
