-- Where a member spent: by it the spend of a shop's members is told beside what the shop sold.

alter table spend add column shop text collate "C" not null default '';
