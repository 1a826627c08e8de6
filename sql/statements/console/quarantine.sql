-- Rows that cannot be trusted, the oldest first.
-- grain: one row per rejected cell or row of a delivery
-- writes: nothing
-- params: :until date, :all boolean, :id text

-- name: items
select
  id, reason, channel, shop, document, file, sha256, row, column_name, value_masked, order_no, first_night,
  greatest(0, :until - first_night) as age_nights, state
from quarantine
where :all or state = 'OPEN'
order by first_night, channel, shop, file, row, column_name, id;

-- name: one
select
  id, reason, channel, shop, document, file, sha256, row, column_name, value_masked, record_masked, order_no,
  first_night, greatest(0, :until - first_night) as age_nights, state
from quarantine
where id = :id;
