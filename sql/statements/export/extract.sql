-- What the extracts and reports of a closed night say.
-- grain: stated at each statement
-- writes: profile_sent, extract
-- params: :night date, :base date, :manifest_sha256 text, :days int, :zone text

-- name: base
-- The last night whose extract was handed over before this one.
select max(night) from extract where night < :night and delivered_at is not null;

-- name: members
-- How many rows "profiles" will give, for the eye of the operator: one pass over the index of members.
select count(*) from member;

-- name: profiles
-- grain: one row per member ever, with the hash it was last sent with
with coming as (
  -- pending points whose order is complete
  select member_id, min(due_on) as next_on
  from (
    select coalesce(m.merged_into, m.member_id) as member_id, p.due_on
    from due p join member m on m.member_id = p.member_id
    where p.due_on > :night
    union all
    select coalesce(m.merged_into, m.member_id), p.due_on
    from due p join member m on m.member_id = p.member_id
    where p.held and p.due_on <= :night
  ) p
  group by member_id
)
select m.member_id, m.merged_into, case when m.merged_into is null then 'active' else 'merged' end as status,
  m.home_shop, m.join_channel, m.join_date, coalesce(b.available, 0) as points_available,
  coalesce(b.pending, 0) as points_pending, coalesce(b.owed, 0) as points_owed,
  coalesce(b.expiring_points, 0) as points_expiring_30d, b.next_expiry_on, b.next_expiry_points,
  c.next_on as next_available_on, coalesce(b.earned, 0) as lifetime_earned, coalesce(b.redeemed, 0) as lifetime_redeemed,
  coalesce(b.restored, 0) as lifetime_restored, coalesce(b.expired, 0) as lifetime_expired,
  coalesce(b.clawed_back, 0) as lifetime_clawed_back, coalesce(b.adjusted, 0) as lifetime_adjusted,
  coalesce(o.orders_365d, 0) as orders_365d, coalesce(o.spend_365d_fen, 0) as spend_365d_fen,
  coalesce(o.refund_365d_fen, 0) as refund_365d_fen, o.last_paid_on, o.channels, t.tier, t.since as tier_since,
  t.review_on as tier_review_on, nullif(t.progress, '') as tier_progress, nullif(t.needed, '') as tier_needed, p.hash as sent
from member m
left join balance b on b.member_id = m.member_id
left join coming c on c.member_id = m.member_id
left join profile o on o.member_id = m.member_id
left join tier_state t on t.member_id = m.member_id
left join profile_sent p on p.member_id = m.member_id
order by m.member_id;

-- name: forget_sent
-- Of nights that were never delivered, and of this one, if it is repeated.
delete from profile_sent where night > coalesce(:base, date '0001-01-01');

-- name: identities
-- grain: one row per token in force of a living member
select coalesce(m.merged_into, m.member_id) as member_id, t.kind, t.channel, t.shown
from token t join member m on m.member_id = t.member_id
where t.valid_to = 'infinity'
order by 1, 2, 3, 4, t.hash;

-- name: arrived
-- Points that became available tonight, whatever became of them since. grain: one row per account
select coalesce(m.merged_into, m.member_id) as account,
  sum(case e.kind when 'RELEASE' then e.moved else e.points end)::bigint as points
from entry e join member m using (member_id)
where e.night = :night and (e.kind = 'RELEASE' or e.kind in ('OPENING', 'ADJUST', 'TRANSFER') and e.points > 0)
group by 1
having sum(case e.kind when 'RELEASE' then e.moved else e.points end) > 0
order by 1;

-- name: expiring
-- grain: one row per (account, last day) within so many days
select coalesce(m.merged_into, m.member_id) as account, l.expires_on, sum(l.remaining)::bigint as points
from (
  select distinct lot_night, lot_member, lot_n from lot_release where expires_on > :night and expires_on <= :night::date + :days::int
) r
join lot l on l.night = r.lot_night and l.member_id = r.lot_member and l.n = r.lot_n
join member m on m.member_id = l.member_id
where l.remaining > 0 and l.expires_on > :night and l.expires_on <= :night::date + :days::int
group by 1, 2
order by 1, 2;

-- name: tier_changes
-- Who is of another tier from the next day on; to join is none. grain: one row per change
select member_id, tier_from, tier_to, reason, effective_on
from tier_history
where night = :night and reason <> 'JOIN'
order by member_id, n;

-- name: attribution
-- What the night changed of what members spent: whose they are beside who sold it.
-- grain: one row per (home shop of the members, selling channel, selling shop)
select a.home_shop, s.channel, s.shop, sum(s.orders) as orders, sum(s.base_fen)::bigint as base_fen,
  sum(s.refund_fen)::bigint as refund_fen
from spend s
join member m on m.member_id = s.member_id
join member a on a.member_id = coalesce(m.merged_into, m.member_id)
where s.night = :night
group by a.home_shop, s.channel, s.shop
having sum(s.orders) <> 0 or sum(s.base_fen) <> 0 or sum(s.refund_fen) <> 0
order by a.home_shop, s.channel, s.shop;

-- name: expiry_profile
-- What is available, by the month of its last day; what has none comes last.
-- grain: one row per month
select case when month < 'infinity' then to_char(month, 'YYYY-MM') end as month, points, members
from expiry_month
where points <> 0
order by expiry_month.month;

-- name: debts
-- What members owe, by how long: from the day of the debit to the night.
-- grain: one row per band of days
select age, count(*) as debts, count(distinct member_id) as members, sum(owed) as owed
from (
  select coalesce(m.merged_into, m.member_id) as member_id, d.owed,
    case when days <= 30 then '0-30' when days <= 90 then '31-90' when days <= 180 then '91-180' when days <= 365 then '181-365'
      else '366-' end as age, days
  from debt d
  join member m on m.member_id = d.debit_member
  cross join lateral (select :night::date - (d.effective_at at time zone :zone)::date as days) a
  where d.owed > 0
) d
group by age
order by min(days);

-- name: debtors
-- Who owes how much, since when, and what to type to let it go; the oldest debts first.
-- grain: one row per member who owes
select coalesce(m.merged_into, m.member_id) as member_id, count(*) as debts, sum(d.owed) as owed,
  min((d.effective_at at time zone :zone)::date) as since, :night::date - min((d.effective_at at time zone :zone)::date) as days,
  format('./omnipoints adjust %s --points %s --reason write_off --requested-by NAME --approved-by NAME',
    coalesce(m.merged_into, m.member_id), sum(d.owed)) as command
from debt d
join member m on m.member_id = d.debit_member
where d.owed > 0
group by 1
order by since, 1;

-- name: vouchers_told
select exists (select 1 from voucher_used where night = :night);

-- name: vouchers
-- What the night made of uses of vouchers; of a code its hash begins so, nobody gets it back.
-- grain: one row per use of a code of which the night was told something
select left(u.code, 12) as code, v.request_no, v.item, lower(u.event) as event,
  to_char(u.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS') as at, u.shop, u.order_channel, u.order_no, u.off_fen, j.outcome
from voucher_used j
join voucher_use u on u.key = j.key
left join voucher v on v.code = u.code
where j.night = :night
order by u.at, u.key;

-- name: is_last
select :night = (select max(night) from close);

-- name: liability
-- grain: one row per channel, shop and account, then three totals
select * from (
  select channel, shop, account, opening, issued, released, clawed_back, redeemed, restored, expired, adjusted, repaid,
    closing, 0 as last
  from liability where night = :night
  union all
  select 'TOTAL', '', a.account, coalesce(sum(opening), 0), coalesce(sum(issued), 0), coalesce(sum(released), 0),
    coalesce(sum(clawed_back), 0), coalesce(sum(redeemed), 0), coalesce(sum(restored), 0), coalesce(sum(expired), 0),
    coalesce(sum(adjusted), 0), coalesce(sum(repaid), 0), coalesce(sum(closing), 0), 1
  from unnest(array['pending', 'available', 'owed']) as a (account)
  left join liability l on l.night = :night and l.account = a.account
  group by a.account
) t
order by last, channel, shop, array_position(array['pending', 'available', 'owed'], account);

-- name: rejects
-- grain: one row per rejected cell of the night's deliveries
select sha256, file, row, column_name, reason, value_masked, record_masked
from quarantine where first_night = :night
order by channel, shop, document, sha256, row, column_name, reason;

-- name: left
-- grain: one row per file that lies where nobody takes it
select file, since, kind, reason from inbox_left where night = :night order by n;

-- name: awards
-- grain: one row per award of the night that got less than it desired, and per redemption of which there was too little; its
--   rule is the item, and pieces stand for points
select night, member_id, rule, cause_type, cause_key, desired, granted, reason
from (
  select a.night, a.member_id, a.rule, a.cause_type, a.channel, a.shop, a.cause_key, a.desired, a.granted, a.reason
  from awarded a
  where a.night = :night
  union all
  select r.night, r.member_id, r.item, 'REDEMPTION', '', '', r.request_no, r.qty, 0, r.refusal
  from redeemed r
  where r.night = :night and r.outcome = 'REFUSED' and r.refusal in ('STOCK', 'LIMIT') and r.item <> 'cash_off'
    and r.member_id is not null
) bound
order by member_id, rule, cause_type, channel, shop, cause_key;

-- name: closed
select c.entry_root, c.close_hash, n.program, c.program_version
from close c join night n using (night)
where c.night = :night;

-- name: written
insert into extract (night, base_night, manifest_sha256) values (:night, :base, :manifest_sha256)
on conflict (night) do update set base_night = excluded.base_night, manifest_sha256 = excluded.manifest_sha256;

-- name: extracted
select manifest_sha256 from extract where night = :night;

-- name: last_kept
-- The last closed night, if its extract was written and kept.
select night from extract where night = (select max(night) from close) and manifest_sha256 is not null;

-- name: delivered
update extract set delivered_at = clock_timestamp() where night = :night;

-- name: forget_older
-- Of whom another profile was delivered.
delete from profile_sent p
using profile_sent n
where n.night = :night and p.member_id = n.member_id and p.night < :night;
