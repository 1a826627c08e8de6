-- Disagreements found by reconciliation, the oldest first.
-- grain: one row per break
-- writes: nothing
-- params: :until date, :all boolean

select id, type, channel, shop, key, first_night, :until - first_night as age_nights, state, closed_night, detail
from break
where first_night <= :until and (:all or state = 'OPEN')
order by first_night, type, channel, shop, key;
