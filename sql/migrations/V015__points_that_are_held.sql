-- Whether an open after-sale case, or an order that is not decided, keeps the points of a line from their date.
alter table posting add column held boolean not null default false;
create index posting_held on posting (member_id) where held;
