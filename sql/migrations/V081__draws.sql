-- Lotteries, from the close that commits to a secret to the one that draws.

-- grain: one row per draw; its terms are those of the version in force when it opened
create table draw (
  draw        text collate "C" primary key,
  opened      date not null,                -- first night, whose close says the commitment
  closes      date not null,                -- last day of entries
  wins        bigint,                       -- of one member, null: any number
  commitment  text not null,                -- SHA-256 of the seed
  listed      date,                         -- night whose close says the hash of the entries
  drawn       date,                         -- night that drew
  public      text                          -- value it was drawn with
);

-- Prizes, reserved from the first night on. grain: one row per prize, in their order
create table draw_prize (
  draw text collate "C" not null,
  n    integer not null,
  item text collate "C" not null,
  qty  bigint not null,
  won  bigint,                              -- null until it is drawn
  primary key (draw, n)
);

-- grain: one row per entry of a list that is closed, in its order
create table draw_entry (
  draw       text collate "C" not null,
  n          integer not null,
  request_no text collate "C" not null,
  member_id  text collate "C" not null,     -- resolve through member.merged_into
  primary key (draw, n)
);

-- grain: one row per prize that was won
create table draw_win (
  draw       text collate "C" not null,
  place      integer not null,
  request_no text collate "C" not null,
  member_id  text collate "C" not null,     -- as of the night that drew
  item       text collate "C" not null,
  score      text not null,
  primary key (draw, place)
);

-- What closes say of draws; it is hashed with them. grain: one row per statement
create table draw_statement (
  night date not null,
  draw  text collate "C" not null,
  what  text not null,                      -- COMMITMENT, LIST, PUBLIC, RESULT
  value text not null,
  primary key (night, draw, what)
);

-- How many of an item are gone: handed out, reserved for draws, or won. grain: one row per item
create view item_gone as
select item, sum(taken)::bigint as taken
from (
  select item, taken from item_taken
  union all
  select item, coalesce(won, qty) from draw_prize
) t
group by item;
