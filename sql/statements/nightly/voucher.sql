-- What tills say of vouchers, and members' passes, against what was handed out.
-- grain: voucher_used one row per (use, night that judged it); pass_pair_n one row per (member, pass) whose uses are counted
-- writes: voucher_used, pass_pair_n, standing_n, break_found, break
-- params: :night date, :previous date, :zone text, :hq text[], :keys text[], :outcomes text[], :members text[], :passes text[],
--   :froms text[], :tos text[], :uses text[], :right text[]
-- cost: over what was told tonight, its codes and its orders looked up by key; passes: over those that are good so many times

-- name: forget
delete from voucher_used where night = :night;

-- name: told
-- Whether tonight tells of a use, takes the word of one back, or tells of a cancellation.
select exists (select 1 from own_row where document in ('voucher_use', 'pass_use') and due_on > :previous and due_on <= :night)
  or exists (select 1 from own_row where document in ('voucher_use', 'pass_use') and withdrawn = :night)
  or exists (select 1 from redeeming_n{night} where cancelled_at is not null);

-- name: uses
-- Every use of the codes that tonight tells something of, and of those that took something off the same orders.
-- base_fen: what the order cost after all that was taken off
with tonight as (
  select distinct code from voucher_use where due_on > :previous and due_on <= :night
  union
  select says ->> 'code' from own_row where document = 'voucher_use' and withdrawn = :night
  union
  select v.code
  from redeeming_n{night} w join voucher v on v.request_no = w.request_no
  where w.cancelled_at is not null
), code as (
  select code from tonight
  union
  select o.code
  from tonight t
  join voucher_use u on u.key >= 'voucher:' || t.code || '/' and u.key < 'voucher:' || t.code || '0'
  join voucher_use o on o.order_no = u.order_no and o.order_channel = u.order_channel
  where o.due_on <= :night
  union
  select o.code
  from own_row w
  join voucher_use o on o.order_no = w.says ->> 'order_no' and o.order_channel = w.says ->> 'order_channel'
  where w.document = 'voucher_use' and w.withdrawn = :night and o.due_on <= :night
), issued as (
  select v.* from voucher v join code c on c.code = v.code
  union all
  select v.* from voucher_n{night} v join code c on c.code = v.code
)
select c.code, u.key, u.at, u.shop, u.order_channel || ' ' || u.order_no as order_no, u.event, u.off_fen, o.base_fen,
  i.request_no, i.valid_to, i.shops, i.stackable, i.off_fen as worth_fen, i.from_fen, i.rate, i.max_fen,
  exists (select 1 from redeemed r where r.request_no = i.request_no and r.cancelled_night is not null)
    or exists (select 1 from redeeming_n{night} w where w.request_no = i.request_no and w.cancelled_at is not null) as cancelled
from code c
join voucher_use u on u.key >= 'voucher:' || c.code || '/' and u.key < 'voucher:' || c.code || '0' and u.due_on <= :night
left join issued i on i.code = c.code
left join lateral (
  select coalesce(n.base_fen, v.base_fen) as base_fen
  from sales_order s
  left join verdict_n{night} n on n.order_key = s.order_key
  left join verdict v on v.order_key = s.order_key and v.first_night = s.first_night
  where s.channel = u.order_channel and s.order_no = u.order_no
    and s.order_key >= (left(order_key(u.order_channel, '', u.order_no)::text, 18) || '-0000-000000000000')::uuid
    and s.order_key <= (left(order_key(u.order_channel, '', u.order_no)::text, 18) || '-ffff-ffffffffffff')::uuid
  order by (s.shop = u.shop) desc nulls last, s.shop
  limit 1
) o on true
order by c.code, u.at, u.key;

-- name: judged
insert into voucher_used (key, night, outcome)
select key, :night::date, outcome from unnest(:keys::text[], :outcomes::text[]) as j (key, outcome);

-- name: find_wrong
-- Vouchers for which a till gave something that it should not have.
insert into break_found
select 'OVERSOLD', 'program', '', 'voucher ' || left(u.code, 12) || ' ' || to_char(u.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'),
  case when v.request_no is null then
    format('a voucher that nobody handed out, used at %s on %s: %s', coalesce(u.shop, '?'),
      to_char(u.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), j.outcome)
  else
    format('voucher of redemption %s (%s), used at %s on %s: %s', v.request_no, v.item, coalesce(u.shop, '?'),
      to_char(u.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS'), j.outcome)
  end, u.off_fen
from voucher_used j
join voucher_use u on u.key = j.key
left join (
  select code, request_no, item from voucher union all select code, request_no, item from voucher_n{night}
) v on v.code = u.code
where j.night = :night and j.outcome not in ('OK', 'UNDONE');

-- name: close_right
-- Uses that are right by now, since they were taken back.
update break b
set state = 'CLOSED', closed_night = :night
from voucher_used j
join voucher_use u on u.key = j.key
where j.night = :night and j.outcome in ('OK', 'UNDONE') and b.state = 'OPEN' and b.type = 'OVERSOLD'
  and b.key = 'voucher ' || left(u.code, 12) || ' ' || to_char(u.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS');

-- name: drop_pairs
drop table if exists pass_pair_n{night};

-- name: create_pairs
create table pass_pair_n{night} (member_id text collate "C" not null, pass text collate "C" not null);

-- name: limited
-- Passes that are good so many times.
insert into pass_pair_n{night}
select coalesce(m.merged_into, m.member_id), p.pass
from (
  select member_id, name as pass from standing where what = 'PASS' and uses is not null and night <= :night
  union
  select member_id, pass from pass_given where uses is not null
) p
join member m on m.member_id = p.member_id
group by 1, 2;

-- name: used
-- Passes that were used, as far as tonight tells, or takes back what was told.
insert into pass_pair_n{night}
select coalesce(m.merged_into, m.member_id), u.pass
from (
  select member_id, pass from pass_use where due_on > :previous and due_on <= :night
  union
  select member_id, says ->> 'pass' from own_row where document = 'pass_use' and withdrawn = :night
) u
join member m on m.member_id = u.member_id
group by 1, 2;

-- name: given
-- What those members were given of those passes. A document's row counts as it does everywhere: the newest, signed by two.
select coalesce(m.merged_into, m.member_id) as member_id, g.pass, g.from_at, g.to_at, g.uses
from (
  select member_id, name as pass, from_at, to_at, uses
  from (
    select distinct on (key) member_id, what, name, from_at, to_at, uses, requested_by, approved_by
    from standing
    where night <= :night
    order by key, night desc
  ) s
  where s.what = 'PASS' and s.requested_by = any (:hq::text[]) and s.approved_by = any (:hq::text[])
    and s.requested_by <> s.approved_by
  union all
  select member_id, pass, from_at, to_at, uses from pass_given p
  where not exists (select 1 from redeemed r where r.request_no = p.request_no and r.cancelled_night is not null)
) g
join member m on m.member_id = g.member_id
join pass_pair_n{night} w on w.member_id = coalesce(m.merged_into, m.member_id) and w.pass = g.pass
order by 1, 2;

-- name: used_of
-- Their uses that were not taken back.
select coalesce(m.merged_into, m.member_id) as member_id, u.pass, u.use_no, u.at
from pass_use u
join member m on m.member_id = u.member_id
join pass_pair_n{night} w on w.member_id = coalesce(m.merged_into, m.member_id) and w.pass = u.pass
where u.event = 'USE' and u.due_on <= :night
  and not exists (
    select 1 from own_row d
    where d.document = 'pass_use' and d.withdrawn is null and d.key = left(u.key, length(u.key) - length('/USE')) || '/UNDO' and d.due_on <= :night)
order by 1, 2;

-- name: hold
insert into standing_n{night} (member_id, standing, from_at, to_at)
select member_id, 'PASS ' || pass, nullif(from_at, '')::timestamptz, nullif(to_at, '')::timestamptz
from unnest(:members::text[], :passes::text[], :froms::text[], :tos::text[]) as h (member_id, pass, from_at, to_at);

-- name: find_uncovered
-- Uses of passes that nobody held, or that were used up.
insert into break_found
select 'OVERSOLD', 'program', '', 'pass ' || u.use_no,
  format('pass %s, used on %s: nothing of it was held', u.pass, to_char(u.at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS')), null
from pass_use u
where u.event = 'USE' and u.use_no = any (:uses::text[]) and u.due_on <= :night
  and (u.due_on > :previous or exists (
    select 1 from own_row d
    where d.document = 'pass_use' and d.withdrawn = :night and d.key = left(u.key, length(u.key) - length('/USE')) || '/UNDO'));

-- name: close_covered
-- There is enough of the pass for them, since others were taken back.
update break b
set state = 'CLOSED', closed_night = :night
where b.state = 'OPEN' and b.type = 'OVERSOLD' and b.key in (select 'pass ' || use_no from unnest(:right::text[]) as r (use_no));

-- name: close_uncovered
update break b
set state = 'CLOSED', closed_night = :night
from pass_use u
where u.due_on > :previous and u.due_on <= :night and u.event = 'UNDO' and b.state = 'OPEN' and b.type = 'OVERSOLD'
  and b.key = 'pass ' || u.use_no;
