-- The header a delivery came with, as the file spells it: what the next one of the same document is compared with.
alter table night_input add column header text[];
create index night_input_header on night_input (channel, shop, document, night, n) where header is not null;
