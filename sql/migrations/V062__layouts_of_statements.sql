-- Layouts of statements that tell the same money once more: which of a movement's rows counts.
alter table settlement add column retold boolean not null default false;
create index settlement_unlinked on settlement (channel, shop, amount_fen, at) where order_key is null;

comment on column settlement.retold is 'Whether another layout of the account tells this movement: it is kept and counts nowhere';
