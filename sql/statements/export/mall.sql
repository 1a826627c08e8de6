-- What malls and tills are told of a closed night.
-- grain: stated at each statement
-- writes: nothing
-- params: :night date, :zone text, :items text[], :prices bigint[], :counts bigint[], :pers text[],
--   :tiers text[], :first text, :block boolean, :draw text, :kinds text[], :platforms text[]
-- cost: answers over the night's redemptions; what members may have and may spend over the members, as full extracts are

-- name: asks
-- Whether the night decided a redemption or a transfer.
select exists (select 1 from redeemed where night = :night union all select 1 from transferred where night = :night);

-- name: results
-- grain: one row per redemption that the night decided
select request_no, outcome, refusal, points, nullif(shortfall, 0) as shortfall, member_id, entry_n, balance_after
from redeemed
where night = :night
order by request_no;

-- name: transfers
-- grain: one row per transfer that the night judged
select transfer_no, outcome, refusal from transferred where night = :night order by transfer_no;

-- name: gone
-- How many of each item are gone; under no item stands how many transfers the night judged, if it did.
select item, taken from item_gone
union all
select '', count(*) from transferred where night = :night having count(*) > 0;

-- name: issued
-- grain: one row per code that the night handed out
select request_no, k, item, valid_to, shops from voucher where night = :night order by request_no, k;

-- name: draws
-- What the close says of draws. grain: one row per statement
select draw, what, value from draw_statement where night = :night order by draw, what;

-- name: drawn
-- grain: one row per draw that the night drew
select draw, opened, closes, wins, commitment, listed, public from draw where drawn = :night order by draw;

-- name: draw_list
select value from draw_statement where draw = :draw and what = 'LIST';

-- name: draw_prizes
select item, qty from draw_prize where draw = :draw order by n;

-- name: draw_entries
-- Numbers for members, in the order of their first entry: nobody is told who they are.
select request_no, dense_rank() over (order by first) as member
from (
  select e.request_no, e.n, min(e.n) over (partition by coalesce(m.merged_into, m.member_id)) as first
  from draw_entry e join member m on m.member_id = e.member_id
  where e.draw = :draw
) e
order by n;

-- name: draw_wins
select place, request_no, member_id, item, score from draw_win where draw = :draw order by place;

-- name: eligible
-- Items that a member may ask for at once: enough points, nothing owed where that matters, not as many as he may have.
-- :items those that are to be had, with price and bound; a bound per order binds no member.
-- grain: one row per (member, item)
with item as (
  select *
  from unnest(:items::text[], :prices::bigint[], :counts::bigint[], :pers::text[], :tiers::text[])
    as i (item, price, count, per, tiers)
), stopped as (
  select distinct account as member_id
  from (
    select distinct on (birth) birth, account, state
    from birth_state
    where due_on <= :night and at < (:night::date + 1)::timestamp at time zone :zone
    order by birth, at desc, case state when 'CLOSED' then 2 when 'FROZEN' then 1 else 0 end desc
  ) s
  where state <> 'ACTIVE'
), had as (
  select coalesce(m.merged_into, m.member_id) as member_id, r.item, sum(r.qty) as qty
  from redeemed r
  join item i on i.item = r.item and i.count > 0
  join member m on m.member_id = r.member_id
  where r.outcome in ('GRANTED', 'BOOKED') and r.cancelled_night is null
    and case i.per
      when 'MEMBER' then true
      when 'MEMBER_DAY' then (r.at at time zone :zone)::date = :night::date + 1
      when 'MEMBER_MONTH' then date_trunc('month', r.at at time zone :zone) = date_trunc('month', :night::date + 1)
      else false end
  group by 1, 2
)
select b.member_id, i.item
from item i
join balance b on b.available >= i.price and (not :block or b.owed = 0)
left join stopped s on s.member_id = b.member_id
left join had h on h.member_id = b.member_id and h.item = i.item
where s.member_id is null
  and case i.tiers when '' then true else '|' || i.tiers || '|' like '%|' || coalesce((
    select t.tier from tier_state t where t.member_id = b.member_id), :first::text) || '|%' end
  and case when i.count = 0 then true else coalesce(h.qty, 0) < i.count end
order by 1, 2;

-- name: open_requests
-- Requests that no night has decided: what they would take is not to be spent again.
-- grain: one row per request
select coalesce(m.merged_into, m.member_id) as member_id, r.item, r.qty, r.points, r.cash_fen, r.at
from redemption_open o
cross join lateral (
  select * from redemption r where r.request_no = o.request_no and r.withdrawn is null limit 1
) r
join member m on m.member_id = r.member_id
order by 1, o.request_no;

-- name: balances
-- grain: one row per token in force of a living member; a frozen or closed account spends nothing.
-- :kinds, :platforms which tokens are told to whom; told: what that platform was told last
with stopped as (
  select distinct account as member_id
  from (
    select distinct on (birth) birth, account, state
    from birth_state
    where due_on <= :night and at < (:night::date + 1)::timestamp at time zone :zone
    order by birth, at desc, case state when 'CLOSED' then 2 when 'FROZEN' then 1 else 0 end desc
  ) s
  where state <> 'ACTIVE'
)
select coalesce(m.merged_into, m.member_id) as member_id, t.kind, t.shown,
  case when s.member_id is null then coalesce(b.available, 0) else 0 end as available,
  t.channel, t.hash, r.tier, p.platform, l.points as told, l.level as told_level
from token t
join member m on m.member_id = t.member_id
left join balance b on b.member_id = coalesce(m.merged_into, m.member_id)
left join tier_state r on r.member_id = coalesce(m.merged_into, m.member_id)
left join stopped s on s.member_id = coalesce(m.merged_into, m.member_id)
left join unnest(:kinds::text[], :platforms::text[]) as p (kind, platform) on p.kind = t.kind
left join lateral (
  select points, level from balance_sent l
  where l.platform = p.platform and l.channel = t.channel and l.hash = t.hash and l.night < :night
  order by l.night desc limit 1
) l on true
where t.valid_to = 'infinity'
order by 1, 2, 3, t.channel, t.hash;
