-- Made while the entries are decided; the close takes them over.
alter table night add column entries bigint, add column entry_root text;

-- Releases are searched by the lot they released.
alter table lot_release drop constraint lot_release_pkey;
alter table lot_release add primary key (lot_member, lot_night, lot_n, night);
