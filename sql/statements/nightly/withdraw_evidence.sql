-- Bindings and member rows that are taken back: what they alone proved of who is who is forgotten, and found anew from the
-- evidence that remains. Aliases stay as they were: it is tokens, and with them orders, that leave an account again.
-- grain: stated at each statement
-- writes: binding, member_fact, member_told, token, order_claim, member, unregistered, parted, touched, break
-- params: :night date, :zone text, :sha256 text, :row int, :content text, :contents text[], :kinds text[], :channels text[],
--   :hashes text[], :nights text[], :birthdays text[], :join_dates text[], :shops text[], :phones text[], :members text[],
--   :since date
-- cost: the evidence of the people concerned, searched for by its tokens; asked for by hand only

-- name: bindings
-- grain: one row per binding that the file told first
select encode(content, 'hex') as content from binding where source_sha256 = :sha256 order by content;

-- name: move_binding
-- Another file says the same.
update binding set source_sha256 = :sha256, source_row = :row where content = decode(:content, 'hex');

-- name: facts
select encode(content, 'hex') as content from member_fact where source_sha256 = :sha256 order by content;

-- name: move_fact
update member_fact set source_sha256 = :sha256, source_row = :row where content = decode(:content, 'hex');

-- name: told_before
-- What earlier nights said of these tokens. grain: one row per token of which one did
select distinct on (t.kind, t.hash) t.kind, encode(t.hash, 'hex') as hash, t.birthday, t.join_date, t.home_shop,
  encode(t.phone, 'hex') as phone
from unnest(:kinds::text[], :hashes::text[]) as w (kind, hash)
join member_told t on t.kind = w.kind and t.hash = decode(w.hash, 'hex')
where t.night < :since
order by t.kind, t.hash, t.night desc;

-- name: told_forget
delete from member_told t
using unnest(:kinds::text[], :hashes::text[]) as w (kind, hash)
where t.kind = w.kind and t.hash = decode(w.hash, 'hex') and t.night >= :since;

-- name: tell
insert into member_told (kind, hash, night, birthday, join_date, home_shop, phone)
select kind, decode(hash, 'hex'), night::date, nullif(birthday, '')::date, nullif(join_date, '')::date, shop,
  decode(nullif(phone, ''), 'hex')
from unnest(:kinds::text[], :hashes::text[], :nights::text[], :birthdays::text[], :join_dates::text[], :shops::text[],
  :phones::text[]) as t (kind, hash, night, birthday, join_date, shop, phone)
on conflict do nothing;

-- name: gone
-- The tokens that evidence ties together, of a binding those of the order that it names, too.
-- grain: one row per (piece of evidence, token)
select encode(e.content, 'hex') as evidence, e.kind, e.channel, encode(e.hash, 'hex') as hash
from evidence_token e
where e.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
union
select encode(b.content, 'hex'), t.kind, t.channel, encode(t.hash, 'hex')
from binding b
join sales_order o on o.channel = b.channel and o.order_no = b.order_no and (b.shop is null or b.shop = o.shop)
join order_token t on t.order_key = o.order_key
where b.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
order by 1, 2, 3, 4;

-- name: concerned
-- Living members who hold one of these tokens, or an order that gone bindings claimed.
select distinct coalesce(m.merged_into, m.member_id) as member_id
from (
  select t.member_id
  from unnest(:kinds::text[], :channels::text[], :hashes::text[]) as w (kind, channel, hash)
  join token t on t.kind = w.kind and t.channel = w.channel and t.hash = decode(w.hash, 'hex')
  union
  select c.member_id
  from binding b
  join sales_order o on o.channel = b.channel and o.order_no = b.order_no and (b.shop is null or b.shop = o.shop)
  join order_claim c on c.order_key = o.order_key
  where b.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
) h
join member m on m.member_id = h.member_id
order by 1;

-- name: forget_again
-- Other bindings of the orders that gone ones name, and those that contradicted gone ones, are judged anew.
update binding k
set state = 'WAITING', applied_night = null, note = '', known_by = null
from binding b
where b.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c)) and k.content <> b.content
  and k.content not in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
  and (k.channel = b.channel and k.order_no = b.order_no and (k.shop is null or b.shop is null or k.shop = b.shop)
    or k.state = 'CONFLICT' and exists (
      select 1
      from evidence_token e join evidence_token g on (g.kind, g.channel, g.hash) = (e.kind, e.channel, e.hash)
      where e.content = k.content and g.content = b.content));

-- name: forget_claimed
insert into touched (night, order_key, cause)
select distinct :night::date, x.order_key, 'OWNER'
from binding b
join sales_order o on o.channel = b.channel and o.order_no = b.order_no and (b.shop is null or b.shop = o.shop)
cross join lateral (
  select o.order_key
  union all
  select s.child_key from order_split s join sales_order c on c.order_key = s.child_key where s.parent_key = o.order_key
) x
where b.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
on conflict do nothing;

-- name: forget_claims
delete from order_claim c
using binding b
join sales_order o on o.channel = b.channel and o.order_no = b.order_no and (b.shop is null or b.shop = o.shop)
where b.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c)) and c.order_key = o.order_key;

-- name: forget_breaks
update break k
set state = 'CLOSED', closed_night = :night
from (
  select known_by from binding where content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
  union
  select known_by from member_fact where content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c))
) g
where k.state = 'OPEN' and k.type = 'IDENTITY_CONFLICT' and k.key = g.known_by;

-- name: forget_facts
delete from member_fact where content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c));

-- name: forget_bindings
delete from binding where content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c));

-- name: held
-- The tokens of those members, and whether rows of our own documents that count name them. grain: one row per token
select a.member_id, t.kind, t.channel, encode(t.hash, 'hex') as hash, exists (
    select 1 from own_row o
    where o.withdrawn is null and o.known_night is not null
      and ((o.member_kind, o.member_channel, o.member_hash) = (t.kind, t.channel, t.hash)
        or (o.other_kind, o.other_channel, o.other_hash) = (t.kind, t.channel, t.hash))) as named
from (
  select coalesce(m.merged_into, m.member_id) as member_id, m.member_id as birth
  from member m
  where coalesce(m.merged_into, m.member_id) = any (:members::text[])
) a
join (select distinct member_id, kind, channel, hash from token) t on t.member_id = a.birth
order by 1, 2, 3, 4;

-- name: ties
-- What still ties those tokens together: bindings, orders with several, customers of a platform, and of a card the phone that
-- member rows say last. grain: one row per (piece of evidence, token); binding: its content where it is one
with held as (
  select distinct t.kind, t.channel, t.hash
  from member m join token t on t.member_id = m.member_id
  where coalesce(m.merged_into, m.member_id) = any (:members::text[])
), binds as (
  select b.content, e.kind, e.channel, e.hash
  from held h
  join evidence_token e on e.hash = h.hash and e.kind = h.kind and e.channel = h.channel
  join binding b on b.content = e.content
  where b.state = 'APPLIED'
  union
  select b.content, t.kind, t.channel, t.hash
  from held h
  join order_token t on t.hash = h.hash and t.kind = h.kind and t.channel = h.channel
  join sales_order o on o.order_key = t.order_key
  join binding b on b.channel = o.channel and b.order_no = o.order_no and (b.shop is null or b.shop = o.shop)
  where b.state = 'APPLIED'
), told as (
  select h.kind, h.channel, h.hash, l.phone
  from held h
  cross join lateral (
    select phone from member_told t where t.kind = h.kind and t.hash = h.hash order by night desc limit 1
  ) l
  where h.kind = 'card' and l.phone is not null
)
select 'BINDING ' || encode(content, 'hex') as evidence, kind, channel, encode(hash, 'hex') as hash from binds
union
select 'ORDER ' || t.order_key, t.kind, t.channel, encode(t.hash, 'hex')
from held h join order_token t on t.hash = h.hash and t.kind = h.kind and t.channel = h.channel
union
select 'BALANCE ' || encode(g.content, 'hex'), e.kind, e.channel, encode(e.hash, 'hex')
from held h
join evidence_token e on e.hash = h.hash and e.kind = h.kind and e.channel = h.channel
join merge_evidence g on g.content = e.content and g.source = 'BALANCE'
union
select 'FACT ' || encode(hash, 'hex'), kind, channel, encode(hash, 'hex') from told
union
select 'FACT ' || encode(hash, 'hex'), 'phone', '', encode(phone, 'hex') from told
order by 1, 2, 3, 4;

-- name: imported
-- Balances of platforms were imported for one of them.
select 1
from opening o join member m on m.member_id = o.member_id
where coalesce(m.merged_into, m.member_id) = any (:members::text[])
limit 1;

-- name: leave_orders
insert into touched (night, order_key, cause)
select distinct :night::date, o.order_key, 'OWNER'
from unnest(:kinds::text[], :channels::text[], :hashes::text[]) as w (kind, channel, hash)
join order_token t on t.kind = w.kind and t.channel = w.channel and t.hash = decode(w.hash, 'hex')
join sales_order o on o.order_key = t.order_key
on conflict do nothing;

-- name: leave_bindings
-- What binds those tokens is judged anew.
update binding b
set state = 'WAITING', applied_night = null, note = '', known_by = null
where b.state <> 'WAITING' and exists (
    select 1
    from unnest(:kinds::text[], :channels::text[], :hashes::text[]) as w (kind, channel, hash)
    join evidence_token e on e.kind = w.kind and e.channel = w.channel and e.hash = decode(w.hash, 'hex')
    where e.content = b.content)
  or b.state <> 'WAITING' and b.content in (select decode(c, 'hex') from unnest(:contents::text[]) as t (c));

-- name: leave_claims
-- Orders without a token of their own that such a binding claimed.
with gone as (
  delete from order_claim c
  using binding b
  join sales_order o on o.channel = b.channel and o.order_no = b.order_no and (b.shop is null or b.shop = o.shop)
  where b.state = 'WAITING' and c.order_key = o.order_key and exists (
    select 1
    from unnest(:kinds::text[], :channels::text[], :hashes::text[]) as w (kind, channel, hash)
    join evidence_token e on e.kind = w.kind and e.channel = w.channel and e.hash = decode(w.hash, 'hex')
    where e.content = b.content)
  returning c.order_key
)
insert into touched (night, order_key, cause)
select distinct :night::date, order_key, 'OWNER' from gone
on conflict do nothing;

-- name: leave_before
-- Whoever had such a token until it came to this account has it on.
update token k
set valid_to = t.valid_to
from unnest(:kinds::text[], :channels::text[], :hashes::text[]) as w (kind, channel, hash)
join token t on t.kind = w.kind and t.channel = w.channel and t.hash = decode(w.hash, 'hex')
join member m on m.member_id = t.member_id
where coalesce(m.merged_into, m.member_id) = any (:members::text[])
  and k.kind = t.kind and k.channel = t.channel and k.hash = t.hash and k.valid_to = t.valid_from
  and not exists (
    select 1 from member o where o.member_id = k.member_id and coalesce(o.merged_into, o.member_id) = any (:members::text[]));

-- name: leave_tokens
with gone as (
  delete from token t
  using unnest(:kinds::text[], :channels::text[], :hashes::text[]) as w (kind, channel, hash), member m
  where t.kind = w.kind and t.channel = w.channel and t.hash = decode(w.hash, 'hex') and m.member_id = t.member_id
    and coalesce(m.merged_into, m.member_id) = any (:members::text[])
  returning t.kind, t.channel, t.hash
)
insert into parted (night, kind, channel, hash)
select distinct :night::date, kind, channel, hash from gone
on conflict do nothing;

-- name: phones_back
-- A phone that left its card by a row that is taken back is the card's again, unless somebody else has it since.
update token p
set valid_to = 'infinity'
from member m
join token c on c.member_id = m.member_id and c.kind = 'card' and c.valid_to = 'infinity'
cross join lateral (
  select phone from member_told t where t.kind = 'card' and t.hash = c.hash order by night desc limit 1
) l
join member o on coalesce(o.merged_into, o.member_id) = coalesce(m.merged_into, m.member_id)
where coalesce(m.merged_into, m.member_id) = any (:members::text[])
  and p.member_id = o.member_id and p.kind = 'phone' and p.hash = l.phone and p.valid_to < 'infinity'
  and not exists (
    select 1 from token n where n.kind = p.kind and n.channel = p.channel and n.hash = p.hash and n.valid_from >= p.valid_to)
  and exists (
    select 1 from unnest(:kinds::text[], :hashes::text[]) as w (kind, hash)
    where w.kind = 'card' and decode(w.hash, 'hex') = c.hash);

-- name: phones_touch
-- Orders of such a phone belong to the card again.
insert into touched (night, order_key, cause)
select distinct :night::date, ot.order_key, 'OWNER'
from member m
join token t on t.member_id = m.member_id and t.kind = 'phone' and t.valid_to = 'infinity'
join order_token ot on ot.kind = t.kind and ot.channel = t.channel and ot.hash = t.hash
join sales_order o on o.order_key = ot.order_key
where coalesce(m.merged_into, m.member_id) = any (:members::text[])
on conflict do nothing;

-- name: say_again
-- Birthday, join date and shop of those people, as what remains says them; else as their first order does.
update member m
set birthday = f.birthday, join_date = coalesce(f.join_date, f.bought_on, m.birth_night),
  home_shop = coalesce(nullif(f.home_shop, ''), f.bought_in, '')
from (
  select a.member_id, l.birthday, l.join_date, l.home_shop, (b.paid_at at time zone :zone)::date as bought_on, b.shop as bought_in
  from (
    select distinct coalesce(k.merged_into, k.member_id) as member_id
    from unnest(:kinds::text[], :hashes::text[]) as w (kind, hash)
    join token t on t.kind = w.kind and t.channel = '' and t.hash = decode(w.hash, 'hex') and t.valid_to = 'infinity'
    join member k on k.member_id = t.member_id
  ) a
  left join lateral (
    select (array_agg(n.birthday order by t.kind, t.shown, t.hash) filter (where n.birthday is not null))[1] as birthday,
      (array_agg(n.join_date order by t.kind, t.shown, t.hash) filter (where n.join_date is not null))[1] as join_date,
      (array_agg(n.home_shop order by t.kind, t.shown, t.hash) filter (where n.home_shop <> ''))[1] as home_shop
    from member k
    join token t on t.member_id = k.member_id and t.channel = '' and t.valid_to = 'infinity'
    cross join lateral (
      select * from member_told n where n.kind = t.kind and n.hash = t.hash order by n.night desc limit 1
    ) n
    where coalesce(k.merged_into, k.member_id) = a.member_id
  ) l on true
  left join lateral (
    select o.paid_at, o.shop
    from member k
    join token t on t.member_id = k.member_id
    join order_token ot on ot.kind = t.kind and ot.channel = t.channel and ot.hash = t.hash
    join sales_order o on o.order_key = ot.order_key
    where coalesce(k.merged_into, k.member_id) = a.member_id and o.paid_at >= t.valid_from and o.paid_at < t.valid_to
    order by o.paid_at, o.channel, o.shop, o.order_no
    limit 1
  ) b on true
) f
where m.member_id = f.member_id;

-- name: unregister
-- What registering gave goes back where no member row says any more that somebody did.
insert into unregistered (night, number, at)
select :night::date, e.number, min(e.effective_at)
from (
  select distinct coalesce(k.merged_into, k.member_id) as member_id
  from unnest(:kinds::text[], :hashes::text[]) as w (kind, hash)
  join token t on t.kind = w.kind and t.channel = '' and t.hash = decode(w.hash, 'hex')
  join member k on k.member_id = t.member_id
) a
join member k on coalesce(k.merged_into, k.member_id) = a.member_id
cross join lateral (
  select left(e.cause_key, -position('#' in reverse(e.cause_key))) as number, e.effective_at
  from entry e
  where e.member_id = k.member_id and e.cause_type = 'MEMBER' and e.kind = 'EARN'
) e
where not exists (
    select 1
    from member b
    join token t on t.member_id = b.member_id and t.channel = ''
    join member_told n on n.kind = t.kind and n.hash = t.hash
    where coalesce(b.merged_into, b.member_id) = a.member_id)
group by e.number
on conflict do nothing;

-- name: counted
-- Whether something was given to those people since that may have asked for what is taken back.
select 1
from unnest(:kinds::text[], :hashes::text[]) as w (kind, hash)
join token t on t.kind = w.kind and t.channel = '' and t.hash = decode(w.hash, 'hex')
join member k on k.member_id = t.member_id
join member b on coalesce(b.merged_into, b.member_id) = coalesce(k.merged_into, k.member_id)
join entry e on e.member_id = b.member_id
where e.kind = 'EARN' and e.cause_type <> 'MEMBER' and e.night >= :since
limit 1;
