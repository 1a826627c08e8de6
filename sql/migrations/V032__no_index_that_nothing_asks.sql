-- Orders whose lines tell that they are complete are found while they are joined.
drop index sales_order_stateless;
