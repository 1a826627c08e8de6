-- What rules may ask of an order that only some platforms tell; null: not told.
alter table sales_order
  add column order_type text collate "C",
  add column payment    text collate "C";
