-- What has been posted and when its points are due lie with the order's first night, so that a night's new rows are a table
-- of its own, and known ones are found in their leaf. A release changes neither.
do $$
begin
  if exists (select 1 from posting) then
    raise exception 'the postings of this database lie in one table; start a new home';
  end if;
end $$;

drop table posting;

-- grain: one row per (order line, account, rule): what has been posted and the decision pinned at the first award
create table posting (
  order_key   uuid not null,
  first_night date not null,                -- of the order
  line_key    text collate "C" not null,
  member_id   text collate "C" not null,    -- account of that night; whoever reads it goes on to member.merged_into
  rule        text collate "C" not null default '',
  night       date not null,                -- the first that posted for it
  earned      bigint not null,
  clawed_back bigint not null,
  pin         integer,
  primary key (order_key, line_key, member_id, rule, first_night)
) partition by list (first_night);

-- When pending points become available. A date that is over has been met; one that no longer holds causes a look, no more.
-- grain: one row per (order line, account) whose date was told ahead
create table due (
  order_key   uuid not null,
  first_night date not null,                -- of the order
  line_key    text collate "C" not null,
  member_id   text collate "C" not null,    -- as in posting
  due_on      date,                         -- null where nothing of it is pending any more
  held        boolean not null,             -- an open after-sale case, or an order that is not decided, keeps them beyond it
  pin         integer not null,             -- the decision that says for how long they are valid
  primary key (order_key, line_key, member_id, first_night)
) partition by list (first_night);
create index due_on on due (due_on);
create index due_held on due (due_on) where held;
