-- Orders of one number lie together whatever their shop; a line knows what else its SKU may be called.
do $$
begin
  if exists (select 1 from sales_order) then
    raise exception 'the orders of this database are keyed as before; start a new home';
  end if;
end $$;

-- The same as OrderKeys: 64 bits of SHA-256 over (channel, number), then 64 bits over (channel, shop, number).
create or replace function order_key(channel text, shop text, order_no text) returns uuid
language sql immutable parallel safe
return encode(
  substr(sha256(convert_to(channel, 'UTF8') || '\x00'::bytea || convert_to(order_no, 'UTF8')), 1, 8)
  || substr(sha256(
    convert_to(channel, 'UTF8') || '\x00'::bytea || convert_to(shop, 'UTF8') || '\x00'::bytea
    || convert_to(order_no, 'UTF8')), 1, 8), 'hex')::uuid;

alter table order_line add column sku_also text[];
