-- What a night decides of an order stands beside the order, in a narrow row of its own: the order changes when facts do,
-- the verdict when a decision does.
do $$
begin
  if exists (select 1 from sales_order where class <> '') then
    raise exception 'the orders of this database carry their decisions themselves; start a new home';
  end if;
end $$;

drop index sales_order_owner;
alter table sales_order drop column class, drop column owner, drop column base_fen, drop column goods_refund_fen,
  drop column would_be_points;

-- grain: one row per order that a closed night has looked at, in the leaf of the night that first saw the order
create table verdict (
  order_key        uuid not null,
  first_night      date not null,           -- of the order
  night            date not null,           -- the last that decided otherwise than before
  class            text collate "C" not null,  -- accounting class
  owner            text collate "C",        -- member_id of that night; whoever reads it goes on to member.merged_into
  paid_on          date,                    -- business date of the payment, null without an owner and where it is still to come
  base_fen         bigint not null,
  goods_refund_fen bigint not null,
  would_be_points  bigint not null,
  ticket           boolean not null,        -- a till's receipt
  primary key (order_key, first_night)
) partition by list (first_night);
