-- Orders that wait, for a buyer or for documents, are a class, not a disagreement each: one break per (class, channel, shop,
-- night since which they wait) holds their number and would-be points.

-- grain: one row per order that waits now; till tickets without any buyer are counted among the orders, but wait for nobody
create table waiting_order (
  order_key       uuid primary key,
  class           text collate "C" not null check (class in ('UNATTRIBUTED', 'INCOMPLETE')),
  channel         text collate "C" not null,
  shop            text collate "C" not null,
  since           date not null,            -- the night that put it into the class
  would_be_points bigint not null
) with (fillfactor = 90);
create index waiting_order_class on waiting_order (class, channel, shop, since);

alter table break
  add column orders bigint,                 -- of a class of orders: how many wait now
  add column points bigint;                 -- and what they would earn

insert into waiting_order
select s.order_key, s.class, s.channel, s.shop, coalesce(b.first_night, s.first_night), s.would_be_points
from sales_order s
left join break b on b.type = s.class and b.channel = s.channel and b.shop = s.shop and b.key = s.order_no
where s.class = 'INCOMPLETE'
  or s.class = 'UNATTRIBUTED' and not (
      exists (select 1 from order_line l where l.order_key = s.order_key and l.at is not null)
    and not exists (select 1 from order_token t where t.order_key = s.order_key)
    and not exists (select 1 from order_claim c where c.order_key = s.order_key));

delete from break where type in ('UNATTRIBUTED', 'INCOMPLETE');
insert into break (id, type, channel, shop, key, first_night, state, detail, orders, points)
select left(encode(sha256(convert_to(concat_ws('|', class, channel, shop, since), 'UTF8')), 'hex'), 12), class, channel,
  shop, since::text, since, 'OPEN', format('%s orders; they would earn %s points', count(*), sum(would_be_points)), count(*),
  sum(would_be_points)
from waiting_order
group by class, channel, shop, since;

-- A night looks at what is open, at what it opened and at what it closed, never at every break there was.
drop index break_open;
create index break_open on break (type, channel, shop, key) where state = 'OPEN';
create index break_first_night on break (first_night);
create index break_closed_night on break (closed_night) where closed_night is not null;
create index break_event_night on break_event (night);
