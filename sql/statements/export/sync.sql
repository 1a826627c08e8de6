-- What platforms were told of what members may spend; what they are told now is read with the balances of the mall.
-- grain: balance_sent one row per token and night that told its platform something else than before
-- writes: balance_sent
-- params: :night date
-- cost: the rows of one night

-- name: forget
delete from balance_sent where night = :night;

-- name: before
-- What became of it by now, where the night has said it already.
select platform, channel, hash, night, points, level, state from balance_sent where night = :night;
