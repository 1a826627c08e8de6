-- Which nights there are, for a plan over many dates.
-- grain: one row per night that was begun
-- writes: nothing
-- params: none

-- name: nights
select n.night, n.state, coalesce(s.state = 'DONE', false) as finished, coalesce(a.files, 0) as frozen
from night n
left join night_step s on s.night = n.night and s.step = 'deliver'
left join (select night, count(*) as files from arrival group by night) a on a.night = n.night
order by n.night;
