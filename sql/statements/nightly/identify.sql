-- Finds the members behind the tokens of the night: match, create, learn, merge on evidence.
-- What the evidence means is decided by one pure function (IdentityGraph) over the linked tokens; tokens that no
-- evidence links are matched and numbered here as sets.
-- grain: link_n one row per (evidence, token); identity_n one row per token and validity to be written
-- writes: member, token, order_claim, binding, member_fact, member_told, merge_evidence, evidence_token,
--   points_snapshot, touched, night_input
-- params: :night date, :previous date, :cut timestamptz, :zone text
-- cost: a fixed number of set statements; Java holds only tokens that bindings, member rows or multi-token orders link

-- name: drop
drop table if exists link_n{night}, identity_n{night}, party_n{night}, merge_n{night}, claim_n{night}, evidence_verdict_n{night};


-- name: create_link
create table link_n{night} (
  source text not null,            -- FACT member row, ORDER several tokens on one order, BALANCE on one customer, BINDING
  content bytea not null,          -- identifies the piece of evidence
  at timestamptz,                  -- bound_at of a binding
  seen timestamptz,                -- as of when its tokens are meant; null is now
  birthday date,                   -- of a member row
  side text not null,              -- PERSON, PLATFORM, CLAIM (the order itself: it has no token), NONE (nothing arrived yet)
  kind text collate "C" not null, channel text collate "C" not null, hash bytea not null, shown text not null,
  order_key uuid, orders integer not null);

-- name: create_identity
create table identity_n{night} (
  kind text collate "C" not null, channel text collate "C" not null, hash bytea not null, shown text not null,
  party text collate "C" not null, valid_from timestamptz not null, valid_to timestamptz,
  bound_at timestamptz, replaces boolean not null);

-- name: create_party
create table party_n{night} (party text collate "C" primary key, member_id text collate "C");

-- name: create_merge
create table merge_n{night} (
  other text collate "C" primary key, survivor text collate "C" not null, at timestamptz not null,
  joined text collate "C" not null, source text not null, content bytea not null);

-- name: create_claim
create table claim_n{night} (order_key uuid primary key, party text collate "C" not null, bound_at timestamptz not null);

-- name: create_evidence_verdict
create table evidence_verdict_n{night} (
  source text not null, content bytea not null, state text not null, note text not null, decide text,
  one text collate "C", other text collate "C", -- parties that contradict each other
  channel text, key text);                      -- what a break about it is called

-- name: links
insert into link_n{night}
select 'FACT', f.content, null::timestamptz, null::timestamptz, f.birthday, 'PERSON', e.kind, e.channel, e.hash, e.shown,
  null::uuid, 0
from (
  select distinct m.content, m.birthday
  from shown_member_n{night} m
  join member_told t on t.kind = m.kind and t.hash = m.hash and t.night = :night
) f
join evidence_token e using (content)
union all
select 'ORDER', uuid_send(t.order_key), null, o.paid_at, null, 'PERSON', t.kind, t.channel, t.hash, t.shown, t.order_key, 1
from (
  select order_key from linked_n{night}
  union
  -- orders that no delivery of tonight shows
  select w.order_key
  from touched w
  where w.night > :previous and w.night <= :night
    and (select count(distinct t.kind) > 1 and count(distinct t.kind) = count(distinct (t.kind, t.hash))
         from order_token t where t.order_key = w.order_key)
) w
join sales_order o using (order_key)
join order_token t using (order_key)
where o.paid_at < :cut
union all
-- several tokens of one customer of a platform whose balances are imported
select distinct 'BALANCE', t.content, null::timestamptz, null::timestamptz, null::date, 'PERSON', t.kind, t.channel, t.hash,
  t.shown, null::uuid, 0
from shown_balance_n{night} b
join points_rule_n{night} r on r.channel = b.channel and r.combine is not null
join shown_balance_token_n{night} t on t.content = b.content
where exists (
    select 1 from shown_balance_token_n{night} u
    where u.content = t.content and (u.kind, u.channel, u.hash) <> (t.kind, t.channel, t.hash))
union all
select 'BINDING', b.content, b.bound_at, b.bound_at, null, e.side, e.kind, e.channel, e.hash, e.shown, null::uuid, 0
from binding b join evidence_token e using (content)
where b.state = 'WAITING' and b.bound_at < :cut
union all
-- the order a binding names: its own tokens are what is bound; an order without any is claimed itself
select 'BINDING', b.content, b.bound_at, b.bound_at, null,
  case when t.hash is not null then 'PLATFORM' when o.order_key is not null then 'CLAIM' else 'NONE' end,
  coalesce(t.kind, ''), coalesce(t.channel, ''), coalesce(t.hash, ''::bytea), coalesce(t.shown, ''), o.order_key,
  (select count(*) from sales_order same
   where same.channel = b.channel and same.order_no = b.order_no and same.present
     and (b.shop is null or same.shop = b.shop))::int
from binding b
left join sales_order o on o.channel = b.channel and o.order_no = b.order_no and o.present
  and (b.shop is null or o.shop = b.shop)
left join order_token t on t.order_key = o.order_key
where b.state = 'WAITING' and b.bound_at < :cut and b.order_no is not null;

-- name: evidence
-- Every piece of evidence in the order in which it counts: member rows, orders, customers, bindings by time.
select l.source, l.content, l.at, l.seen, l.birthday, l.side, l.kind, l.channel, l.hash, l.shown, l.order_key, l.orders,
  exists (
    select 1 from order_token t join sales_order o using (order_key)
    where t.hash = l.hash and t.kind = l.kind and t.channel = l.channel and o.paid_at < :cut) as buys
from link_n{night} l
order by case l.source when 'FACT' then 0 when 'ORDER' then 1 when 'BALANCE' then 2 else 3 end, l.at nulls first, l.content,
  l.side, l.kind,
  l.channel, l.hash, l.order_key;

-- name: owners
-- Who holds the linked tokens so far, and the phones of members whose cards stand on member rows.
-- grain: one row per (token, validity)
with wanted as (
  select kind, channel, hash from link_n{night}
  union
  select p.kind, p.channel, p.hash
  from (
    select distinct coalesce(m.merged_into, m.member_id) as member_id
    from link_n{night} l
    join token t on t.kind = l.kind and t.channel = l.channel and t.hash = l.hash and t.valid_to = 'infinity'
    join member m on m.member_id = t.member_id
    where l.source = 'FACT' and l.kind = 'card'
  ) c
  cross join lateral (
    select c.member_id union all select m.member_id from member m where m.merged_into = c.member_id
  ) f (birth)
  join token p on p.member_id = f.birth and p.kind = 'phone' and p.valid_to = 'infinity'
)
select t.kind, t.channel, t.hash, coalesce(m.merged_into, m.member_id) as member_id,
  nullif(t.valid_from, '-infinity') as valid_from, nullif(t.valid_to, 'infinity') as valid_to, t.bound_at, t.shown
from wanted w
join token t on t.kind = w.kind and t.channel = w.channel and t.hash = w.hash
join member m on m.member_id = t.member_id
order by t.kind, t.channel, t.hash, t.valid_from;

-- name: claims
select distinct c.order_key, coalesce(m.merged_into, m.member_id) as member_id, c.bound_at
from link_n{night} l
join order_claim c on c.order_key = l.order_key
join member m on m.member_id = c.member_id
where l.side = 'CLAIM';

-- name: marks
-- What the members concerned carry now: what makes a contradiction. grain: one row per living member
with concerned as (
  select distinct coalesce(m.merged_into, m.member_id) as member_id
  from link_n{night} l
  join token t on t.kind = l.kind and t.channel = l.channel and t.hash = l.hash
  join member m on m.member_id = t.member_id
  union
  select coalesce(m.merged_into, m.member_id)
  from link_n{night} l
  join order_claim c on c.order_key = l.order_key
  join member m on m.member_id = c.member_id
)
select c.member_id,
  coalesce(array_agg(distinct t.kind) filter (where t.kind is not null), '{}') as kinds,
  coalesce(max(m.birthday) filter (where m.member_id = c.member_id), min(m.birthday)) as birthday
from concerned c
cross join lateral (
  select c.member_id union all select k.member_id from member k where k.merged_into = c.member_id
) f (birth)
join member m on m.member_id = f.birth
left join token t on t.member_id = f.birth and t.kind in ('card', 'phone', 'unionid') and t.valid_to = 'infinity'
group by c.member_id;

-- name: singles
-- Tokens that no evidence links: each is a party of its own, for the time in which it is nobody's. A phone that was given
-- back is somebody else's from then on.
insert into identity_n{night}
with event as (
  select t.kind, t.channel, t.hash, t.shown, o.paid_at as at
  from work_n{night} w
  join sales_order o using (order_key)
  join order_token t using (order_key)
  where o.paid_at < :cut
  union all
  select t.kind, t.channel, t.hash, t.shown, r.at
  from till_return r join order_token t using (order_key)
  where r.matched_night is null and r.at < :cut
  union all
  -- a phone or card on a balance that is imported makes a member, as it does on a member row
  select t.kind, t.channel, t.hash, t.shown, :cut::timestamptz
  from shown_balance_n{night} b
  join points_rule_n{night} u on u.channel = b.channel and u.combine is not null
  join shown_balance_token_n{night} t on t.content = b.content and t.kind in ('phone', 'card')
  union all
  -- somebody who registered, and was taken for somebody else until tonight
  select p.kind, p.channel, p.hash, e.shown, :cut::timestamptz
  from parted p
  cross join lateral (
    select min(shown) as shown from evidence_token e
    where e.kind = p.kind and e.channel = p.channel and e.hash = p.hash
  ) e
  where p.night = :night and e.shown is not null
    and exists (select 1 from member_told n where n.kind = p.kind and n.hash = p.hash)
), tonight as (
  select kind, channel, hash, valid_from, coalesce(valid_to, 'infinity') as valid_to, replaces from identity_n{night}
), unheld as (
  select e.* from event e
  where not exists (
    select 1 from token k
    where k.kind = e.kind and k.channel = e.channel and k.hash = e.hash and k.valid_from <= e.at and e.at < k.valid_to)
  union all
  -- what is held in the books but is written anew
  select e.* from event e join (select distinct kind, channel, hash from tonight where replaces) t using (kind, channel, hash)
), fresh as (
  select u.* from unheld u
  where not exists (
    select 1 from tonight i
    where i.kind = u.kind and i.channel = u.channel and i.hash = u.hash and i.valid_from <= u.at and u.at < i.valid_to)
), validity as (
  select k.kind, k.channel, k.hash, k.valid_from, k.valid_to
  from (select distinct kind, channel, hash from fresh) f
  join token k using (kind, channel, hash)
  where not exists (
    select 1 from tonight i where i.replaces and i.kind = k.kind and i.channel = k.channel and i.hash = k.hash)
  union all
  select kind, channel, hash, valid_from, valid_to from tonight
)
select distinct on (g.kind, g.channel, g.hash, g.begins) g.kind, g.channel, g.hash, g.shown,
  g.kind || ':' || g.channel || ':' || encode(g.hash, 'hex')
    || case when g.begins is null then '' else ':' || extract(epoch from g.begins) end,
  coalesce(g.begins, '-infinity'), coalesce(g.ends, 'infinity'), null::timestamptz, false
from (
  select f.kind, f.channel, f.hash, min(f.shown) as shown, max(v.valid_to) filter (where v.valid_to <= f.at) as begins,
    min(v.valid_from) filter (where v.valid_from > f.at) as ends
  from fresh f left join validity v using (kind, channel, hash)
  group by f.kind, f.channel, f.hash, f.at
) g
order by g.kind, g.channel, g.hash, g.begins, g.shown;

-- name: parties
insert into party_n{night} (party, member_id)
select distinct party, null from identity_n{night}
on conflict (party) do nothing;

-- name: numbers
-- The next numbers of the night in the order of the smallest token (kind, hash) of each new party.
update party_n{night} p
set member_id = 'M' || lpad((coalesce((select substr(max(member_id), 2)::bigint from member), 0) + s.place)::text, 11, '0')
from (
  select party, row_number() over (order by kind, hash, channel, valid_from) as place
  from (
    select distinct on (i.party) i.party, i.kind, i.hash, i.channel, i.valid_from
    from identity_n{night} i
    join party_n{night} p on p.party = i.party and p.member_id is null
    order by i.party, i.kind, i.hash, i.channel, i.valid_from
  ) smallest
) s
where p.party = s.party and p.member_id is null;

-- name: members
insert into member (member_id, bucket, birth_night, join_channel, join_date, home_shop)
select p.member_id,
  ((get_byte(sha256(convert_to(p.member_id, 'UTF8')), 0) << 4) | (get_byte(sha256(convert_to(p.member_id, 'UTF8')), 1) >> 4))::smallint,
  :night::date, coalesce(joined.channel, bound.channel, shown.channel, 'program'),
  coalesce(joined.at, bound.at, :cut::timestamptz - interval '1 second') at time zone :zone,
  coalesce(joined.shop, case when bound.party is null then shown.shop end, '')
from party_n{night} p
left join (
  select distinct on (i.party) i.party, o.channel, o.shop, o.paid_at as at
  from identity_n{night} i
  join order_token t on t.hash = i.hash and t.kind = i.kind and t.channel = i.channel
  join sales_order o using (order_key)
  where o.paid_at < :cut and o.paid_at >= i.valid_from and o.paid_at < coalesce(i.valid_to, 'infinity')
  order by i.party, o.paid_at, o.channel, o.shop, o.order_no
) joined using (party)
left join (
  select distinct on (i.party) i.party, b.channel, b.bound_at as at
  from identity_n{night} i
  join evidence_token e on e.hash = i.hash and e.kind = i.kind and e.channel = i.channel
  join binding b using (content)
  where b.bound_at < :cut
  order by i.party, b.bound_at, b.channel, b.content
) bound using (party)
left join (
  select distinct on (i.party) i.party, b.channel, b.shop
  from identity_n{night} i
  join shown_balance_token_n{night} t on t.hash = i.hash and t.kind = i.kind and t.channel = i.channel
  join shown_balance_n{night} b on b.content = t.content
  join points_rule_n{night} r on r.channel = b.channel and r.combine is not null
  order by i.party, b.channel, b.shop
) shown using (party)
where p.member_id is not null
on conflict (member_id) do nothing;

-- name: replaced_tokens
delete from token t
using identity_n{night} i
where i.replaces and t.kind = i.kind and t.channel = i.channel and t.hash = i.hash;

-- name: tokens
insert into token (kind, channel, hash, member_id, valid_from, valid_to, bound_at, shown, night)
select i.kind, i.channel, i.hash, p.member_id,
  case when i.valid_from < '0002-01-01' then '-infinity' else i.valid_from end, coalesce(i.valid_to, 'infinity'),
  i.bound_at, i.shown, :night::date
from identity_n{night} i
join party_n{night} p using (party)
where p.member_id is not null;

-- name: merges
update member m
set merged_into = g.survivor, merged_to = g.survivor, merged_night = :night, merged_at = g.at, held_by = m.member_id,
  held_until = :night
from merge_n{night} g
where m.member_id = g.other;

-- name: merge_evidence
-- The row is kept with its file: an order's own source moves on when a later document shows it again.
insert into merge_evidence (member_id, night, joined, source, content, source_sha256, source_row)
select g.other, :night, g.joined, g.source, g.content, s.source_sha256, s.source_row
from merge_n{night} g
left join lateral (
  select f.source_sha256, f.source_row from member_fact f where g.source = 'FACT' and f.content = g.content
  union all
  select b.source_sha256, b.source_row from binding b where g.source = 'BINDING' and b.content = g.content
  union all
  select o.source_sha256, o.source_row from sales_order o
  where g.source = 'ORDER' and o.order_key = case when g.source = 'ORDER' then encode(g.content, 'hex')::uuid end
  union all
  (select p.sha256, p.row from points_snapshot p
   where g.source = 'BALANCE' and p.night = :night and p.content = g.content
   order by p.sha256, p.row limit 1)
) s on true;

-- name: merge_evidence_tokens
-- Tokens of balance rows are not kept, but for those that prove something.
insert into evidence_token (content, side, kind, channel, hash, shown)
select distinct t.content, 'PERSON', t.kind, t.channel, t.hash, t.shown
from merge_n{night} g join shown_balance_token_n{night} t on t.content = g.content
where g.source = 'BALANCE'
on conflict do nothing;

-- name: merged_before
-- Aliases always name the final survivor. What a member that merges tonight had inherited leaves its account with it.
update member m
set merged_into = g.survivor, held_by = g.other, held_until = :night
from merge_n{night} g
where m.merged_into = g.other;

-- name: claims_made
insert into order_claim (order_key, member_id, bound_at, night)
select c.order_key, p.member_id, c.bound_at, :night::date
from claim_n{night} c join party_n{night} p using (party)
where p.member_id is not null
on conflict (order_key) do update set member_id = excluded.member_id, bound_at = excluded.bound_at, night = excluded.night;

-- name: verdict_keys
-- By what people know the evidence: the order, the buyer, the card; a masked phone with a few digits of its hash.
update evidence_verdict_n{night} v
set channel = e.channel, key = e.key
from (
  select 'BINDING' as source, b.content, b.channel, coalesce(b.order_no, t.shown) as key
  from binding b
  left join lateral (
    select min(shown) as shown from evidence_token t where t.content = b.content and t.side = 'PLATFORM'
  ) t on true
  where b.content in (select content from evidence_verdict_n{night} where source = 'BINDING')
  union all
  select distinct 'FACT', content, 'program',
    kind || ' ' || shown || case when kind = 'phone' then '~' || left(encode(hash, 'hex'), 6) else '' end
  from shown_member_n{night}
) e
where v.source = e.source and v.content = e.content;

-- name: verdicts_of_bindings
update binding b
set state = v.state, applied_night = :night, note = v.note, known_by = v.key
from evidence_verdict_n{night} v
where v.source = 'BINDING' and v.content = b.content and v.state <> 'WAITING';

-- name: verdicts_of_facts
update member_fact f
set note = v.note, known_by = v.key
from evidence_verdict_n{night} v
where v.source = 'FACT' and v.content = f.content and f.note <> v.note;

-- name: told_again
-- A phone that was not given stays news: the same row is looked at again when it is delivered again.
update member_told t
set phone = null
from evidence_verdict_n{night} v
join shown_member_n{night} l on l.content = v.content
where v.source = 'FACT' and v.state = 'CONFLICT' and t.kind = l.kind and t.hash = l.hash and t.night = :night;

-- name: facts
-- Birthday, join date and home shop as the night's rows say; of several cards of one member the smallest counts.
update member m
set birthday = coalesce(f.birthday, m.birthday), join_date = coalesce(f.join_date, m.join_date),
  home_shop = coalesce(f.home_shop, m.home_shop)
from (
  select coalesce(k.merged_into, k.member_id) as member_id,
    (array_agg(l.birthday order by l.kind, l.shown, l.hash) filter (where l.birthday is not null))[1] as birthday,
    (array_agg(l.join_date order by l.kind, l.shown, l.hash) filter (where l.join_date is not null))[1] as join_date,
    (array_agg(l.home_shop order by l.kind, l.shown, l.hash) filter (where l.home_shop <> ''))[1] as home_shop
  from member_told n
  join shown_member_n{night} l on l.kind = n.kind and l.hash = n.hash
  join token t on t.kind = l.kind and t.channel = '' and t.hash = l.hash and t.valid_to = 'infinity'
  join member k on k.member_id = t.member_id
  where n.night = :night
  group by coalesce(k.merged_into, k.member_id)
) f
where m.member_id = f.member_id;

-- name: facts_of_parted
-- The same of who was taken for somebody else until tonight, as earlier nights were told.
update member m
set birthday = coalesce(n.birthday, m.birthday), join_date = coalesce(n.join_date, m.join_date),
  home_shop = coalesce(nullif(n.home_shop, ''), m.home_shop)
from parted p
join token t on t.kind = p.kind and t.channel = p.channel and t.hash = p.hash and t.valid_to = 'infinity'
join member k on k.member_id = t.member_id
cross join lateral (
  select * from member_told n where n.kind = p.kind and n.hash = p.hash order by n.night desc limit 1
) n
where p.night = :night and p.channel = '' and m.member_id = coalesce(k.merged_into, k.member_id);

-- name: snapshot_owners
-- Whose a balance is: the one member that all tokens of the row point at.
update points_snapshot s
set member_id = o.member_id
from (
  select t.content, min(coalesce(m.merged_into, m.member_id)) as member_id
  from shown_balance_token_n{night} t
  join token k on k.kind = t.kind and k.channel = t.channel and k.hash = t.hash and k.valid_to = 'infinity'
  join member m on m.member_id = k.member_id
  group by t.content
  having count(distinct coalesce(m.merged_into, m.member_id)) = 1
) o
where s.night = :night and s.content = o.content;

-- name: snapshot_conflicts
update points_snapshot s
set note = format('the tokens of the row belong to %s members', o.members)
from (
  select t.content, count(distinct coalesce(m.merged_into, m.member_id)) as members
  from shown_balance_token_n{night} t
  join token k on k.kind = t.kind and k.channel = t.channel and k.hash = t.hash and k.valid_to = 'infinity'
  join member m on m.member_id = k.member_id
  group by t.content
  having count(distinct coalesce(m.merged_into, m.member_id)) > 1
) o
where s.night = :night and s.content = o.content;

-- name: snapshot_unknown
-- What cannot be tied to anybody is told with the delivery; it is kept and counted like the rest.
update night_input i
set message = concat_ws('; ', nullif(i.message, ''), format(
  '%s of %s customers cannot be tied to a member; they hold %s of %s points', u.unknown, u.customers, u.unknown_points,
  u.points))
from (
  select channel, shop, sha256, count(*) filter (where member_id is null) as unknown, count(*) as customers,
    coalesce(sum(points) filter (where member_id is null), 0) as unknown_points, sum(points) as points
  from points_snapshot
  where night = :night
  group by channel, shop, sha256
) u
where i.night = :night and i.grain = 'balance' and i.channel = u.channel and i.sha256 = u.sha256
  and i.outcome in ('ACCEPTED', 'REVISION') and u.unknown > 0;

-- name: touched_owners
-- Orders whose owner a binding of tonight may have changed.
insert into touched (night, order_key, cause)
select :night::date, order_key, 'OWNER' from claim_n{night}
union
select :night::date, s.child_key, 'OWNER'
from claim_n{night} c join order_split s on s.parent_key = c.order_key join sales_order o on o.order_key = s.child_key
union
select :night::date, t.order_key, 'OWNER'
from identity_n{night} i
join order_token t on t.hash = i.hash and t.kind = i.kind and t.channel = i.channel
where i.replaces
on conflict do nothing;

-- name: waiting_rows
update night_input i
set merged = i.merged - c.waiting, waiting = i.waiting + c.waiting
from (
  select l.delivery, count(distinct l.row) as waiting
  from (
    select b.delivery, b.row, b.content,
      row_number() over (partition by b.content order by b.delivery, b.row) as copy
    from shown_binding_n{night} b
  ) l
  join binding k on k.content = l.content and k.state = 'WAITING' and k.first_night = :night
  where l.copy = 1
  group by l.delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: analyze_member
analyze member;

-- name: analyze_token
analyze token;
