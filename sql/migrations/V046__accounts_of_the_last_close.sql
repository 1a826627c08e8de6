-- Who belongs to which account, as the last close left it: who merges in a night that is open still has his own. For checks
-- that make from nothing what closes keep running. grain: one row per (account, member); an account is a member of its own
create view closed_account as
select member_id as account, member_id from member where merged_into is null
union all
select merged_into, member_id from member
where held_until <= (select coalesce(max(night), '-infinity') from close)
union all
select held_by, member_id from member
where held_until > (select coalesce(max(night), '-infinity') from close);
