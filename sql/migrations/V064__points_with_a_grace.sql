-- Lots of points that came back although their lot had died: they get no second grace.
-- grain: one row per such lot
create table grace_lot (
  member_id text collate "C" not null,
  night     date not null,
  n         integer not null,
  primary key (member_id, night, n)
);

insert into grace_lot (member_id, night, n)
select distinct debit_member, debit_night, debit_n from allocation where kind = 'GRACE';
