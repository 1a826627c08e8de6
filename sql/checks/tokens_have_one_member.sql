-- invariant: at any moment a token points at one member only
-- scope: night
-- params: :night date
select a.kind, a.channel, encode(a.hash, 'hex') as hash, a.valid_from, a.valid_to
from token a
join token b on b.kind = a.kind and b.channel = a.channel and b.hash = a.hash and b.valid_from > a.valid_from
where (a.night = :night or b.night = :night) and b.valid_from < a.valid_to;
