-- What the checks of a night ask before they begin.
-- grain: one row
-- writes: nothing
-- params: none

-- name: newest_member
select max(member_id) from member;
