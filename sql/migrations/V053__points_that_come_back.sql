-- RESTORE gives back to a lot what a redemption took; GRACE moves on what came back to a dead lot, to the lot its debit names.
alter table allocation drop constraint allocation_kind_check;
alter table allocation add constraint allocation_kind_check
  check (kind in ('DEBIT', 'REPAY', 'UNDO', 'EXPIRE', 'RESTORE', 'GRACE'));
