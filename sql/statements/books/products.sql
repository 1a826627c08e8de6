-- What product documents say of SKUs.
-- grain: one row per SKU
-- writes: nothing
-- params: none
-- cost: the rows of the documents, by their key

-- of each its newest row
-- name: products
select distinct on (key) sku, category, brand, coalesce(excluded, false) as excluded
from product
order by key, night desc;
