-- What the statements of a night say about money, for people.
-- grain: one row per channel, shop, day and name of a fee
-- writes: nothing
-- params: :night date, :zone text

-- name: settlement_totals
select channel, shop, (at at time zone :zone)::date::text as day, kind, fee, count(*) as movements, sum(amount_fen) as fen,
  count(*) filter (where order_key is null) as unlinked,
  coalesce(sum(amount_fen) filter (where order_key is null), 0) as unlinked_fen
from settlement
where first_night = :night
group by channel, shop, day, kind, fee
order by channel, shop, day, kind, fee;

-- name: any_settlement
select 1 from settlement where first_night = :night limit 1;
