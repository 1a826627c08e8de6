-- Everybody's profile, what changed since yesterday, and the liability by shop, written out.

create unlogged table tonight.left_over as
select member_id, coalesce(sum(remaining) filter (where expires_on <= date '{night}' + 30), 0)::bigint as expiring,
  min(expires_on) as next_on, null::bigint as next_points
from lot where remaining > 0 group by member_id;
create unlogged table tonight.bought as
select member_id, count(*) filter (where recent) as orders, coalesce(sum(base_fen) filter (where recent), 0)::bigint as spend,
  coalesce(sum(least(back_fen, base_fen)) filter (where recent), 0)::bigint as back, max(paid)::date as last_paid_on,
  concat_ws('|', case when bool_or(shop_id = 3) then 'douyin' end, case when bool_or(shop_id = 2) then 'pos' end,
    case when bool_or(shop_id = 1) then 'tmall' end) as channels
from orders, lateral (select paid >= date '{night}' - 364 as recent) r
where member_id is not null and paid is not null
group by member_id;
create unlogged table tonight.next_points as
select l.member_id, sum(l.remaining)::bigint as points
from lot l join tonight.left_over o on o.member_id = l.member_id and o.next_on = l.expires_on
where l.remaining > 0 group by l.member_id;
create unlogged table tonight.coming as
select member_id, min(available_on) as next_on from pending group by member_id;
analyze tonight.left_over;
analyze tonight.bought;
analyze tonight.next_points;
analyze tonight.coming;

create table profile_next as
select p.*, case when old.member_id is null then 'new'
  when (p.home_shop, p.join_channel, p.join_date, p.points_available, p.points_pending, p.points_owed, p.points_expiring_30d,
      p.next_expiry_on, p.next_expiry_points, p.next_available_on, p.lifetime_earned, p.lifetime_expired,
      p.lifetime_clawed_back, p.orders_365d, p.spend_365d_fen, p.refund_365d_fen, p.last_paid_on, p.channels)
    is distinct from (old.home_shop, old.join_channel, old.join_date, old.points_available, old.points_pending,
      old.points_owed, old.points_expiring_30d, old.next_expiry_on, old.next_expiry_points, old.next_available_on,
      old.lifetime_earned, old.lifetime_expired, old.lifetime_clawed_back, old.orders_365d, old.spend_365d_fen,
      old.refund_365d_fen, old.last_paid_on, old.channels) then 'changed'
  else 'unchanged' end as change
from (
  select m.member_id, nullif(m.home_shop, '') as home_shop, m.join_channel, m.join_date,
    coalesce(b.available, 0) as points_available, coalesce(b.pending, 0) as points_pending,
    coalesce(b.owed, 0) as points_owed, coalesce(l.expiring, 0) as points_expiring_30d, l.next_on as next_expiry_on,
    n.points as next_expiry_points, c.next_on as next_available_on, coalesce(b.earned, 0) as lifetime_earned,
    coalesce(b.expired, 0) as lifetime_expired, coalesce(b.clawed, 0) as lifetime_clawed_back,
    coalesce(o.orders, 0) as orders_365d, coalesce(o.spend, 0) as spend_365d_fen, coalesce(o.back, 0) as refund_365d_fen,
    o.last_paid_on, o.channels
  from member m
  left join balance b using (member_id)
  left join tonight.left_over l using (member_id)
  left join tonight.next_points n using (member_id)
  left join tonight.coming c using (member_id)
  left join tonight.bought o using (member_id)
) p
left join profile old using (member_id)
order by p.member_id;
drop table profile;
alter table profile_next rename to profile;

-- out member_profile_full_{night}.csv
select 'M' || lpad(member_id::text, 11, '0') as member_id, null as merged_into, 'active' as status, change, null as tier,
  null as tier_since, home_shop, join_channel, join_date, points_available, points_pending, points_owed, points_expiring_30d,
  next_expiry_on, next_expiry_points, next_available_on, lifetime_earned, 0 as lifetime_redeemed, 0 as lifetime_restored,
  lifetime_expired, lifetime_clawed_back, 0 as lifetime_adjusted, orders_365d, spend_365d_fen, refund_365d_fen, last_paid_on,
  channels
from profile order by member_id;

-- out member_profile_delta_{night}.csv
select 'M' || lpad(member_id::text, 11, '0') as member_id, null as merged_into, 'active' as status, change, null as tier,
  null as tier_since, home_shop, join_channel, join_date, points_available, points_pending, points_owed, points_expiring_30d,
  next_expiry_on, next_expiry_points, next_available_on, lifetime_earned, 0 as lifetime_redeemed, 0 as lifetime_restored,
  lifetime_expired, lifetime_clawed_back, 0 as lifetime_adjusted, orders_365d, spend_365d_fen, refund_365d_fen, last_paid_on,
  channels
from profile where change <> 'unchanged' order by member_id;

-- out liability_{night}.csv
select s.channel, s.shop, l.account, l.opening, l.issued, l.released, l.clawed_back, l.expired, l.repaid, l.closing
from liability l join shop s using (shop_id) where l.night = '{night}' order by s.channel, s.shop, l.account;
