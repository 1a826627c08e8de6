-- What goes faster than a programme lets it is held until somebody lets it go.
alter table redeemed add column fast boolean not null default false;   -- an executed one is one too many of its day

-- Requests and transfers that people let go. grain: one row per number
create table hold_release (
  number  text collate "C" primary key,
  actor   text not null,
  because text not null,
  at      timestamptz not null,
  night   date                               -- that judges it anew; null until one has taken it up
);
create index transferred_receiver on transferred (receiver_id);
