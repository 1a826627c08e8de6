-- invariant: at any moment a token points at one member only
-- scope: night
-- params: :night date
select a.kind, a.channel, encode(a.hash, 'hex') as hash, a.valid_from, a.valid_to
from (select distinct kind, channel, hash from token where night = :night) t
join token a using (kind, channel, hash)
join token b using (kind, channel, hash)
where b.valid_from > a.valid_from and b.valid_from < a.valid_to;
