-- What the statements of a night say about money, for people.
-- grain: one row per channel, shop, day and name of a fee
-- writes: nothing
-- params: :night date, :zone text

-- name: settlement_totals
-- A TRANSFER of points is another thing. What another layout of the account tells is named, and added to nothing.
select channel, shop, (at at time zone :zone)::date::text as day, case kind when 'TRANSFER' then 'PAYOUT' else kind end as kind,
  fee, count(*) as movements, sum(amount_fen) as fen, count(*) filter (where order_key is null) as unlinked,
  coalesce(sum(amount_fen) filter (where order_key is null), 0) as unlinked_fen
from settlement
where first_night = :night and not retold
group by channel, shop, day, settlement.kind, fee
union all
select channel, shop, (at at time zone :zone)::date::text as day, 'RETOLD', document, count(*), 0, 0, 0
from settlement
where first_night = :night and retold
group by channel, shop, day, document
order by channel, shop, day, kind, fee;

-- name: any_settlement
select 1 from settlement where first_night = :night limit 1;
