-- Ladders ask what a member did on a day: activities of a member lie in the order of their days.
drop index own_row_member;
create index own_row_member on own_row (member_id, document, as_of) where member_id is not null;
