-- What platforms are told of what members may spend.
-- grain: balance_sent one row per token and night that told its platform something else than before
-- writes: balance_sent
-- params: :night date, :zone text, :platform text, :kind text
-- cost: over the tokens of one kind, the last telling of each looked up by key

-- name: spendable
-- grain: one row per token in force of a living member; a frozen or closed account spends nothing
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
select coalesce(m.merged_into, m.member_id) as member_id, t.channel, t.hash, t.shown, r.tier,
  case when s.member_id is null then coalesce(b.available, 0) else 0 end as available, l.points as told, l.level as told_level
from token t
join member m on m.member_id = t.member_id
left join balance b on b.member_id = coalesce(m.merged_into, m.member_id)
left join tier_state r on r.member_id = coalesce(m.merged_into, m.member_id)
left join stopped s on s.member_id = coalesce(m.merged_into, m.member_id)
left join lateral (
  select points, level from balance_sent l
  where l.platform = :platform and l.channel = t.channel and l.hash = t.hash and l.night < :night
  order by l.night desc limit 1
) l on true
where t.kind = :kind and t.valid_to = 'infinity'
order by t.channel, t.hash;

-- name: forget
delete from balance_sent where night = :night;
