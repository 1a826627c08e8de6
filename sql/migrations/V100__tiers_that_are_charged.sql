-- Tiers that were held by money which came back, where a programme takes back what they gave.

-- Days of payment and the tier that was due for them; of a day the last night's word counts.
-- grain: one row per (member, night, range of days)
create table tier_overearned (
  night     date not null,                  -- that lost the tier, or learned more of those days
  member_id text collate "C" not null,
  n         integer not null,
  lost      date not null,                  -- the night that lost the tier
  entered   date not null,                  -- the night that had lifted it
  from_on   date not null,
  to_on     date not null,
  held      text collate "C" not null,      -- in force then
  due       text collate "C" not null,      -- the same as held: nothing is overearned any more
  primary key (member_id, night, n)
);
create index tier_overearned_night on tier_overearned (night);

-- What rates of such orders count by from then on, kept so that nothing which is known later changes it.
-- grain: one row per (line, night); of a line the last night's word counts
create table tier_charge (
  order_key uuid not null,
  line_key  text collate "C" not null,      -- empty for an order whose rate is rounded once, in steps
  night     date not null,
  at        timestamptz not null,           -- when the lower tier came into force
  times     text collate "C" not null,      -- as in table pin
  formula   text collate "C" not null,
  rules     text collate "C" not null,
  variant   text collate "C" not null,
  primary key (order_key, line_key, night)
);
