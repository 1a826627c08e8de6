-- What settles a reject must show no fewer rows of its order than the delivery that had it.
alter table quarantine add column order_rows bigint not null default 1;
