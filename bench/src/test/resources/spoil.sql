-- One point, one order and one total too many in the script's books.
update entry_{n} set points = points + 1 where entry_id = (select min(entry_id) from entry_{n} where kind = 1);
update profile set orders_365d = orders_365d + 1 where member_id = (select min(member_id) from profile);
update liability set closing = closing + 1 where night = '{night}' and shop_id = 1 and account = 'available';
