-- The key of an order as Java makes it: the first 128 bits of SHA-256 over channel, shop and number, each but the last
-- followed by a zero byte. For orders whose number is only known when all rows of a night are in.
create function order_key(channel text, shop text, order_no text) returns uuid
language sql immutable parallel safe
return encode(substr(sha256(
  convert_to(channel, 'UTF8') || '\x00'::bytea || convert_to(shop, 'UTF8') || '\x00'::bytea || convert_to(order_no, 'UTF8')),
  1, 16), 'hex')::uuid;
