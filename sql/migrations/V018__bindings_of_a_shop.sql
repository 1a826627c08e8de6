-- The shop of the order a binding names, null where the number alone is enough.
alter table binding add column shop text collate "C";
-- Which bindings named an order.
create index binding_order on binding (channel, order_no) where order_no is not null;

-- What a break about the row is called: the order, the buyer, the card.
alter table binding add column known_by text;
alter table member_fact add column known_by text;
