-- Awards that got less than they desired, and why. grain: one row per award, as it was decided first
create table awarded (
  night      date not null,
  member_id  text collate "C" not null,      -- account of that night; resolve through member.merged_into
  rule       text collate "C" not null,
  cause_type text collate "C" not null,      -- as on entries
  channel    text collate "C" not null,      -- with the shop, of the order; shops number for themselves
  shop       text collate "C" not null,
  cause_key  text collate "C" not null,
  desired    bigint not null,
  granted    bigint not null,
  reason     text not null,                  -- LIMIT, SLOT, BUDGET, LATE, MAKEUP, EXCLUDED
  -- of a date every member has an award of his own
  primary key (cause_type, channel, shop, cause_key, member_id)
);
create index awarded_night on awarded (night);

-- Activities by the order they name: few beside all that members do.
create index own_row_order on own_row ((says ->> 'order_no'))
  where document = 'activity' and says ->> 'order_no' is not null;
