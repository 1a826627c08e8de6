-- Whoever knows a voucher's code can use it: only a keyed hash of it is kept from now on. Rows that were kept with their codes are
-- forgotten, for nothing has been decided by them; delivered again they are read again.
delete from own_row where document = 'voucher_use';
