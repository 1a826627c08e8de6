-- The money by which the points of a line went, where that is not what documents say of it: money off that points paid was added
-- back, or it lives on in the goods of an order that took its place, or of the one whose place it took.
-- grain: one row per night that decided such a line, and line
create table line_money (
  night     date not null,
  order_key uuid not null,
  line_key  text collate "C" not null,
  base_fen  bigint not null,
  refunds   text not null,                  -- cumulative, as microseconds:fen with blanks between
  primary key (order_key, line_key, night)
);
