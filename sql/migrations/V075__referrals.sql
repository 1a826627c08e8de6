-- What referrals gave for friends. grain: one row per friend and rule that paid for him
create table referred (
  friend_id   text collate "C" not null,     -- birth id; resolve through member.merged_into
  rule        text collate "C" not null,
  night       date not null,                 -- that last decided it
  member_id   text collate "C" not null,     -- who named him and was paid, as an account of that night
  event_key   text collate "C" not null,     -- of the activity that names him
  order_key   uuid not null,                 -- of the friend's order
  order_no    text collate "C" not null,
  at          timestamptz not null,          -- when the friend bought
  number      text collate "C" not null,     -- by which entries name the order
  points      bigint not null,               -- that its limit left; what a budget left of them stands in awarded
  state       text not null,                 -- PAID; SPENT: the order came back whole; FREE: so did it, and another may count
  award_key   uuid not null,                 -- of the award among postings, in the leaf of award_night
  award_night date not null,
  primary key (friend_id, rule)
) with (fillfactor = 80);
create index referred_order on referred (order_key);
create index referred_member on referred (member_id);

-- A friend may become known long after the row that names him.
alter table own_row add column other_night date;  -- that knew the second person
create index own_row_other_night on own_row (other_night) where document = 'activity';
create index own_row_friend on own_row (other_id) where document = 'activity' and other_id is not null;
