-- What member rows say of a card, or of a phone where they name no card: of each cell the last night that filled it.
-- grain: one row per (token, night whose rows said anything new); the newest is in force
create table member_told (
  kind      text collate "C" not null,
  hash      bytea not null,
  night     date not null,
  birthday  date,
  join_date date,
  home_shop text collate "C" not null,
  phone     bytea,                           -- hash of the phone; null also while it contradicts what is known
  primary key (kind, hash, night)
);
create index member_told_night on member_told (night);

-- The largest hash no longer decides whose facts are in force.
alter table member drop column fact_content;
