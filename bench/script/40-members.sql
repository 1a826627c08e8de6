-- Whose the orders are. A nick or card that is not known makes a member, unless a binding says whose it is; a binding of
-- a Douyin order says it of that order alone. Bindings that would merge two members are beyond this script: it stops.

create unlogged table tonight.binding as
select channel, order_no, sha256(convert_to('pepper:tmall_nick:' || platform_id, 'UTF8')) as nick,
  sha256(convert_to('pepper:card:' || card, 'UTF8')) as card, bound_at::timestamp as at
from tonight.bindings;

create unlogged table tonight.buyer as
select shop_id, buyer, sha256(convert_to('pepper:' || case shop_id when 1 then 'tmall_nick:' else 'card:' end || buyer, 'UTF8')) as hash
from (
  select shop_id, buyer from tonight.o_now where not known and buyer is not null and paid is not null
  union
  select 2, kh from tonight.scan where amount_fen < 0
) b;
create unlogged table tonight.seen as
select s.hash, t.member_id
from (
  select hash from tonight.buyer
  union
  select card from tonight.binding
  union
  select nick from tonight.binding where channel = 'tmall'
) s
left join token t using (hash);
analyze tonight.seen;
analyze tonight.buyer;
analyze tonight.binding;

do $$ begin
  -- counted, because a search for one row may be planned as nested loops
  if (
    select count(*) from tonight.binding b join tonight.seen n on n.hash = b.nick join tonight.seen c on c.hash = b.card
    where b.channel = 'tmall' and n.member_id <> c.member_id) > 0 then
    raise 'a binding joins two members';
  end if;
end $$;

-- Tokens that nobody holds yet: a party is a token, or a nick and its card.
create unlogged table tonight.fresh as
select s.hash, coalesce(b.card, s.hash) as party, coalesce(c.member_id, n.member_id) as member_id
from tonight.seen s
left join tonight.binding b on b.channel = 'tmall' and b.nick = s.hash
left join tonight.seen c on c.hash = b.card
left join tonight.binding d on d.channel = 'tmall' and d.card = s.hash
left join tonight.seen n on n.hash = d.nick
where s.member_id is null;
create unlogged table tonight.newcomer as
select party, nextval('member_seq')::integer as member_id from (select distinct party from tonight.fresh where member_id is null) p;
update tonight.fresh f set member_id = n.member_id from tonight.newcomer n where f.member_id is null and n.party = f.party;
insert into token select hash, member_id from tonight.fresh;
update tonight.seen s set member_id = f.member_id from tonight.fresh f where f.hash = s.hash;

create unlogged table tonight.owner as
select b.shop_id, b.buyer, s.member_id from tonight.buyer b join tonight.seen s using (hash);
analyze tonight.owner;
create unlogged table tonight.claim as
select distinct on (b.order_no) b.order_no, s.member_id
from tonight.binding b join tonight.seen s on s.hash = b.card
where b.channel = 'douyin'
order by b.order_no, b.at;
update tonight.o_now o set member_id = w.member_id from tonight.owner w
where not o.known and w.shop_id = o.shop_id and w.buyer = o.buyer;
update tonight.o_now o set member_id = c.member_id from tonight.claim c
where o.shop_id = 3 and o.member_id is null and c.order_no = o.order_no;
-- Orders known before that somebody claims only now.
insert into tonight.o_now
select k.order_id, k.shop_id, k.order_no, true, true, k.state, k.created, k.paid, k.completed, k.gross_fen, k.freight_fen,
  k.refunded_fen, k.item_count, null, c.member_id
from tonight.claim c join orders k on k.shop_id = 3 and k.order_no = c.order_no and k.member_id is null
where c.order_no not in (select order_no from tonight.o_now where shop_id = 3);

insert into member
select n.member_id, coalesce(j.shop, ''), coalesce(j.channel, 'tmall'), coalesce(j.paid, b.at)::date
from tonight.newcomer n
left join (
  select distinct on (o.member_id) o.member_id, o.paid, s.channel, s.shop
  from tonight.o_now o join shop s using (shop_id)
  where o.buyer is not null
  order by o.member_id, o.paid, s.channel, s.shop, o.order_no
) j using (member_id)
left join (
  select distinct on (f.member_id) f.member_id, b.at
  from tonight.binding b join tonight.fresh f on f.hash = b.card
  order by f.member_id, b.at
) b using (member_id);
analyze tonight.o_now;
