-- Ends the night in one fenced transaction: its tables become partitions, projections follow, the chain grows by one.
-- grain: one row of close per night
-- writes: entry, lot_release, allocation, spend, tier_history (attach), lot, verdict, posting, due (attach, change), balance, debt, opening,
--   tier_charge, profile, order_class_total, points_total, liability, close, night
-- params: :night date, :previous date, :entries bigint, :entry_root text, :close_hash text, :evidence_hash text, :program_version int,
--   :exit_code int, :leaf date

-- name: booked
-- What post wrote down of the night's entries.
select entries, entry_root from night where night = :night;

-- name: class_totals
insert into order_class_total (night, channel, shop, class, orders, base_fen, refund_fen)
select :night::date, channel, shop, class, sum(orders), sum(base_fen), sum(refund_fen)
from (
  select channel, shop, class, orders, base_fen, refund_fen from order_class_total where night = :previous
  union all
  select channel, shop, class, orders, base_fen, refund_fen from class_change_n{night}
) t
group by channel, shop, class
having sum(orders) <> 0;

-- name: points_totals
insert into points_total (night, channel, shop, kind, entries, points, moved)
select :night::date, channel, shop, kind, entries, points, moved from points_total_n{night};

-- name: liabilities
-- The liability before, and every movement of the night between pending, available and owed.
insert into liability (night, channel, shop, account, opening, issued, released, clawed_back, redeemed, restored, expired,
  adjusted, repaid, closing)
with known as (
  select distinct k.channel, k.shop, a.account
  from (
    select channel, shop from movement_n{night} union select channel, shop from liability where night = :previous
  ) k, unnest(array['pending', 'available', 'owed']) as a (account)
)
select :night::date, k.channel, k.shop, k.account, coalesce(b.closing, 0),
  coalesce(sum(m.points) filter (where m.movement = 'issued'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'released'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'clawed_back'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'redeemed'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'restored'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'expired'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'adjusted'), 0),
  coalesce(sum(m.points) filter (where m.movement = 'repaid'), 0),
  coalesce(b.closing, 0) + coalesce(sum(m.points), 0)
from known k
left join movement_n{night} m using (channel, shop, account)
left join liability b on b.night = :previous and b.channel = k.channel and b.shop = k.shop and b.account = k.account
group by k.channel, k.shop, k.account, b.closing;

-- name: liability_differs
-- The liability by shop must be the sum over all members; it is written from movements, they from lots.
select l.points as liability, b.points as balances
from (select coalesce(sum(closing), 0) as points from liability where night = :night) l,
  (
    select coalesce(sum(coalesce(n.pending + n.available - n.owed, b.pending + b.available - b.owed)), 0) as points
    from balance b full join balance_n{night} n using (member_id)
  ) b
where l.points <> b.points;

-- name: control_totals
-- Business control totals in the order in which they are hashed.
select 'orders' as what, channel, shop, class as name, orders as figure, 0::numeric as moved
from order_class_total where night = :night
union all
select 'points', channel, shop, kind, points, moved
from points_total where night = :night
order by 1, 2, 3, 4;

-- name: draws
-- What the close says of lotteries, in the order in which it is hashed.
select draw, what, value from draw_statement where night = :night order by draw, what;

-- name: before
select close_hash, evidence_hash from close where night = :previous;

-- name: inputs
select channel, shop, document, sha256, outcome from night_input where night = :night order by n;

-- name: pins
select code_hash, mappings_hash, program_hash, accepted from night where night = :night;

-- name: rows_entry
select exists (select 1 from entry_n{night});

-- name: rows_lot
select exists (select 1 from lot_n{night});

-- name: rows_lot_release
select exists (select 1 from lot_release_n{night});

-- name: rows_allocation
select exists (select 1 from allocation_n{night});

-- name: rows_verdict
select exists (select 1 from verdict_n{night});

-- name: rows_posting
select exists (select 1 from posting_n{night});

-- name: rows_due
select exists (select 1 from due_n{night});

-- name: rows_spend
select exists (select 1 from spend_n{night});

-- name: rows_tier_history
select exists (select 1 from tier_history_n{night});

-- name: drop_orders
-- It looks into tables that are attached or go.
drop view order_n{night};

-- name: bound_entry
alter table entry_n{night} add constraint entry_n{night}_night check (night = date '{night}');

-- name: attach_entry
alter table entry attach partition entry_n{night} for values in ('{night}');

-- name: bound_lot
alter table lot_n{night} add constraint lot_n{night}_night check (night = date '{night}');

-- name: attach_lot
alter table lot attach partition lot_n{night} for values in ('{night}');

-- name: bound_lot_release
alter table lot_release_n{night} add constraint lot_release_n{night}_night check (night = date '{night}');

-- name: attach_lot_release
alter table lot_release attach partition lot_release_n{night} for values in ('{night}');

-- name: bound_allocation
alter table allocation_n{night} add constraint allocation_n{night}_night check (night = date '{night}');

-- name: attach_allocation
alter table allocation attach partition allocation_n{night} for values in ('{night}');

-- name: bound_verdict
alter table verdict_n{night} add constraint verdict_n{night}_night check (first_night = date '{night}');

-- name: attach_verdict
alter table verdict attach partition verdict_n{night} for values in ('{night}');

-- name: bound_posting
alter table posting_n{night} add constraint posting_n{night}_night check (first_night = date '{night}');

-- name: attach_posting
alter table posting attach partition posting_n{night} for values in ('{night}');

-- name: bound_due
alter table due_n{night} add constraint due_n{night}_night check (first_night = date '{night}');

-- name: attach_due
alter table due attach partition due_n{night} for values in ('{night}');

-- name: bound_spend
alter table spend_n{night} add constraint spend_n{night}_night check (night = date '{night}');

-- name: attach_spend
alter table spend attach partition spend_n{night} for values in ('{night}');

-- name: bound_tier_history
alter table tier_history_n{night} add constraint tier_history_n{night}_night check (night = date '{night}');

-- name: attach_tier_history
alter table tier_history attach partition tier_history_n{night} for values in ('{night}');

-- name: drop_entry
drop table entry_n{night};

-- name: drop_lot
drop table lot_n{night};

-- name: drop_lot_release
drop table lot_release_n{night};

-- name: drop_allocation
drop table allocation_n{night};

-- name: drop_verdict
drop table verdict_n{night};

-- name: drop_posting
drop table posting_n{night};

-- name: drop_due
drop table due_n{night};

-- name: drop_spend
drop table spend_n{night};

-- name: drop_tier_history
drop table tier_history_n{night};

-- name: leaves_lot
-- The nights whose lots change, so that each is looked for in its own leaf.
select distinct lot_night as leaf from lot_state_n{night} order by leaf;

-- name: change_lot
update lot l
set remaining = s.remaining, expired = s.expired, available_on = s.available_on, expires_on = s.expires_on
from lot_state_n{night} s
where l.night = :leaf and s.lot_night = :leaf and l.member_id = s.lot_member and l.n = s.lot_n
  -- only what is still as it was when the night decided: all of them, or the night is not closed
  and l.remaining = s.was_remaining and l.expired = s.was_expired and l.available_on is not distinct from s.was_available_on;

-- name: lots_to_change
select count(*) as lots from lot_state_n{night};

-- name: leaves_verdict
select distinct first_night as leaf from verdict_again_n{night} where changed or not known order by leaf;

-- name: missing_verdict
-- Nights without a leaf, of which an order is looked at for the first time.
select distinct first_night as leaf
from verdict_again_n{night}
where not known and first_night not in (select night from leaf where parent = 'verdict')
order by leaf;

-- name: make_verdict
create table verdict_n{leaf} (like verdict including constraints including indexes);

-- name: join_verdict
alter table verdict attach partition verdict_n{leaf} for values in ('{leaf}');

-- name: change_verdict
update verdict v
set night = a.night, class = a.class, owner = a.owner, paid_on = a.paid_on, base_fen = a.base_fen,
  goods_refund_fen = a.goods_refund_fen, would_be_points = a.would_be_points, ticket = a.ticket
from verdict_again_n{night} a
where v.first_night = :leaf and a.first_night = :leaf and a.changed and v.order_key = a.order_key;

-- name: add_verdict
insert into verdict (order_key, first_night, night, class, owner, paid_on, base_fen, goods_refund_fen, would_be_points, ticket)
select order_key, first_night, night, class, owner, paid_on, base_fen, goods_refund_fen, would_be_points, ticket
from verdict_again_n{night}
where first_night = :leaf and not known
order by order_key;

-- name: leaves_posting
select distinct first_night as leaf from posting_again_n{night} order by leaf;

-- name: missing_posting
select distinct first_night as leaf
from posting_again_n{night}
where first_night not in (select night from leaf where parent = 'posting')
order by leaf;

-- name: make_posting
create table posting_n{leaf} (like posting including constraints including indexes);

-- name: join_posting
alter table posting attach partition posting_n{leaf} for values in ('{leaf}');

-- name: change_posting
update posting p
set earned = p.earned + a.earned, clawed_back = p.clawed_back + a.clawed_back, pin = coalesce(p.pin, a.pin),
  granted = coalesce(a.granted, p.granted)
from posting_again_n{night} a
where p.first_night = :leaf and a.first_night = :leaf and p.order_key = a.order_key and p.line_key = a.line_key
  and p.member_id = a.member_id and p.rule = a.rule;

-- name: add_posting
insert into posting (order_key, first_night, line_key, member_id, rule, night, earned, clawed_back, pin, granted, award_fen)
select a.order_key, a.first_night, a.line_key, a.member_id, a.rule, a.night, a.earned, a.clawed_back, a.pin, a.granted, a.award_fen
from posting_again_n{night} a
where a.first_night = :leaf
  and not exists (
    select 1 from posting p
    where p.first_night = :leaf and p.order_key = a.order_key and p.line_key = a.line_key and p.member_id = a.member_id
      and p.rule = a.rule)
order by a.order_key, a.line_key, a.member_id, a.rule;

-- name: leaves_due
select first_night as leaf from due_again_n{night} union select first_night from due_held_n{night} order by leaf;

-- name: missing_due
select distinct first_night as leaf
from due_again_n{night}
where due_on is not null and first_night not in (select night from leaf where parent = 'due')
order by leaf;

-- name: make_due
create table due_n{leaf} (like due including constraints including indexes);

-- name: join_due
alter table due attach partition due_n{leaf} for values in ('{leaf}');

-- name: change_due
update due d
set due_on = a.due_on, held = a.held, pin = coalesce(a.pin, d.pin)
from due_again_n{night} a
where d.first_night = :leaf and a.first_night = :leaf and d.order_key = a.order_key and d.line_key = a.line_key
  and d.member_id = a.member_id;

-- name: add_due
insert into due (order_key, first_night, line_key, member_id, due_on, held, pin)
select a.order_key, a.first_night, a.line_key, a.member_id, a.due_on, a.held, a.pin
from due_again_n{night} a
where a.first_night = :leaf and a.due_on is not null
  and not exists (
    select 1 from due d
    where d.first_night = :leaf and d.order_key = a.order_key and d.line_key = a.line_key and d.member_id = a.member_id)
order by a.order_key, a.line_key, a.member_id;

-- name: hold_due
-- A hold that ended tonight on an order that is not decided: its points wait with it.
update due d
set held = true
from due_held_n{night} h
where d.first_night = :leaf and h.first_night = :leaf and d.order_key = h.order_key and d.due_on > :previous
  and d.due_on <= :night and not d.held;

-- name: apply_balances
update balance b
set pending = n.pending, available = n.available, owed = n.owed, earned = n.earned, redeemed = n.redeemed,
  restored = n.restored, expired = n.expired, clawed_back = n.clawed_back, adjusted = n.adjusted,
  expiring_points = n.expiring_points, next_expiry_on = n.next_expiry_on, next_expiry_points = n.next_expiry_points
from balance_n{night} n
where b.member_id = n.member_id;

-- name: apply_new_balances
insert into balance
select n.* from balance_n{night} n
where not exists (select 1 from balance b where b.member_id = n.member_id)
order by n.member_id;

-- name: apply_expiry_months
insert into expiry_month as known (month, points, members)
select coalesce(month, 'infinity'), points, members from expiry_month_n{night}
on conflict (month) do update set points = known.points + excluded.points, members = known.members + excluded.members;

-- name: apply_clock
-- Points of accounts that the night did not touch: their last day has come within 30 days. Each lot is looked for in its leaf.
update balance b
set expiring_points = b.expiring_points + e.points
from (
  select coalesce(m.merged_into, m.member_id) as member_id, sum(l.remaining) as points
  from lot_release r
  cross join lateral (
    select remaining from lot l
    where l.night = r.lot_night and l.member_id = r.lot_member and l.n = r.lot_n and l.remaining > 0
    limit 1
  ) l
  join member m on m.member_id = r.lot_member
  where r.expires_on > :previous::date + 30 and r.expires_on <= :night::date + 30
  group by coalesce(m.merged_into, m.member_id)
) e
where b.member_id = e.member_id and not exists (select 1 from balance_n{night} n where n.member_id = b.member_id);

-- name: apply_profile_changes
-- What tonight's verdicts changed, and what left the 365 days. lost: what cannot be taken away is asked anew
create temporary table profile_change on commit drop as
select member_id, sum(orders) as orders, sum(base_fen) as base_fen, sum(refund_fen) as refund_fen,
  max(paid_on) as last_paid_on, array_agg(distinct channel) filter (where channel is not null) as channels,
  bool_or(lost) as lost
from (
  select coalesce(m.merged_into, m.member_id) as member_id, s.channel, s.paid_on, s.orders < 0 as lost,
    case when s.paid_on > :night::date - 365 then s.orders else 0 end as orders,
    case when s.paid_on > :night::date - 365 then s.base_fen else 0 end as base_fen,
    case when s.paid_on > :night::date - 365 then s.refund_fen else 0 end as refund_fen
  from spend s join member m using (member_id)
  where s.night = :night
  union all
  select coalesce(m.merged_into, m.member_id), null, null, false, -s.orders, -s.base_fen, -s.refund_fen
  from spend s join member m using (member_id)
  where s.night < :night and s.paid_on > :previous::date - 365 and s.paid_on <= :night::date - 365
  union all
  select merged_into, null, null, true, 0, 0, 0 from member where merged_night = :night
) s
group by member_id;

-- name: apply_profile_estimates
analyze profile_change;

-- name: apply_profiles
update profile p
set orders_365d = p.orders_365d + c.orders, spend_365d_fen = p.spend_365d_fen + c.base_fen,
  refund_365d_fen = p.refund_365d_fen + c.refund_fen, last_paid_on = greatest(p.last_paid_on, c.last_paid_on),
  channels = case
    when c.channels is null or string_to_array(p.channels, '|') @> c.channels then p.channels
    else (
      select string_agg(distinct x.channel, '|' order by x.channel)
      from unnest(string_to_array(p.channels, '|') || c.channels) as x (channel))
    end
from profile_change c
where p.member_id = c.member_id and not c.lost;

-- name: apply_new_profiles
insert into profile (member_id, orders_365d, spend_365d_fen, refund_365d_fen, last_paid_on, channels)
select c.member_id, c.orders, c.base_fen, c.refund_fen, c.last_paid_on,
  (select string_agg(x.channel, '|' order by x.channel) from unnest(c.channels) as x (channel))
from profile_change c
-- The clock moves no profile that is not there: whose every order went to somebody else has none.
where not c.lost and c.last_paid_on is not null and not exists (select 1 from profile p where p.member_id = c.member_id)
order by c.member_id;

-- name: apply_lost_profiles
delete from profile p using profile_change c where p.member_id = c.member_id and c.lost;

-- name: apply_merged_profiles
delete from profile p using member m where p.member_id = m.member_id and m.merged_night = :night;

-- name: apply_profiles_anew
insert into profile (member_id, orders_365d, spend_365d_fen, refund_365d_fen, last_paid_on, channels)
select p.member_id, coalesce(sum(p.orders) filter (where p.paid_on > :night::date - 365), 0),
  coalesce(sum(p.base_fen) filter (where p.paid_on > :night::date - 365), 0),
  coalesce(sum(p.refund_fen) filter (where p.paid_on > :night::date - 365), 0),
  max(p.paid_on), string_agg(distinct p.channel, '|' order by p.channel)
from (
  select b.account as member_id, s.channel, s.paid_on, sum(s.orders) as orders, sum(s.base_fen) as base_fen,
    sum(s.refund_fen) as refund_fen
  from (
    select member_id as account, member_id from profile_change where lost
    union all
    select c.member_id, m.member_id from profile_change c join member m on m.merged_into = c.member_id where c.lost
  ) b
  join spend s on s.member_id = b.member_id
  group by b.account, s.channel, s.paid_on
  having sum(s.orders) <> 0
) p
group by p.member_id
order by p.member_id;

-- name: apply_debts
insert into debt
select * from debt_n{night}
on conflict (debit_member, debit_night, debit_n) do update set owed = excluded.owed;

-- name: apply_openings
insert into opening select * from opening_n{night};

-- name: apply_line_money
insert into line_money select * from line_money_n{night};

-- name: apply_charges
insert into tier_charge select * from charge_n{night};

-- name: spent_tables
drop table if exists line_money_n{night}, target_n{night}, workset_n{night}, account_n{night}, hold_over_n{night}, lot_state_n{night}, debt_n{night}, known_n{night},
  standing_n{night}, verdict_before_n{night}, posting_before_n{night}, due_before_n{night}, posting_again_n{night},
  due_again_n{night}, due_held_n{night}, doubt_n{night},
  balance_n{night}, verdict_again_n{night}, link_n{night}, identity_n{night}, party_n{night}, merge_n{night}, claim_n{night},
  evidence_verdict_n{night}, shown_binding_n{night}, shown_member_n{night}, shown_ack_n{night}, shown_evidence_n{night}, shown_balance_n{night},
  shown_balance_token_n{night}, shown_settlement_n{night}, shown_own_n{night}, reject_n{night}, split_n{night}, work_n{night}, sold_n{night}, again_n{night}, conflict_n{night}, linked_n{night}, paid_child_n{night},
  points_rule_n{night}, opening_n{night}, opening_due_n{night}, adjusted_n{night},
  class_change_n{night}, points_total_n{night}, movement_n{night}, expiry_month_n{night}, tier_due_n{night}, tier_account_n{night},
  tier_state_n{night}, tier_overearned_n{night}, charge_due_n{night}, charge_n{night};

-- name: close
insert into close (night, previous, entries, entry_root, close_hash, evidence_hash, program_version, exit_code, closed_at)
values (:night, nullif(:previous, '0001-01-01'), :entries, :entry_root, :close_hash, :evidence_hash, :program_version,
  :exit_code, clock_timestamp());

-- name: night_closed
update night set state = 'CLOSED', message = '', ended_at = clock_timestamp() where night = :night;
