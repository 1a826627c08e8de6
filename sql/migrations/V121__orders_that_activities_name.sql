-- What became of orders that activities name, so that days in a row need no order looked at again.
-- grain: one row per order that an activity names, as the last night that decided it says
create table named_order (
  order_key       uuid primary key,
  paid_at         timestamptz,
  order_type      text collate "C",
  owner           text collate "C",         -- member_id of that night; whoever reads it goes on to member.merged_into
  base_fen        bigint not null,          -- 0 where the order counts for nothing
  refunds         text not null,            -- cumulative, as microseconds:fen with blanks between
  completed_at    timestamptz,
  after_sale_open boolean not null
) with (fillfactor = 80);
