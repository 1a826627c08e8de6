-- Lotteries: what a close says of them.
-- grain: draw one row per draw; draw_prize one per prize; draw_entry one per entry; draw_win one per prize won
-- writes: draw, draw_prize, draw_entry, draw_win, draw_statement, voucher, pass_given
-- params: :night date, :zone text, :draw text, :closes date, :wins bigint, :commitment text, :items text[], :qtys bigint[],
--   :what text, :value text, :places int[], :requests text[], :members text[], :won text[], :scores text[]
-- cost: a draw opens, closes and is drawn once each; then over its entries

-- name: known
select draw, opened, closes, wins, commitment, listed, drawn from draw order by draw;

-- name: open
insert into draw (draw, opened, closes, wins, commitment) values (:draw, :night, :closes, :wins, :commitment);

-- name: reserve
insert into draw_prize (draw, n, item, qty)
select :draw, p.n, p.item, p.qty
from unnest(:items::text[], :qtys::bigint[]) with ordinality as p (item, qty, n);

-- name: say
insert into draw_statement (night, draw, what, value) values (:night, :draw, :what, :value);

-- name: enter
-- The list of entries: what was granted and not cancelled.
insert into draw_entry (draw, n, request_no, member_id)
select :draw, row_number() over (order by at, request_no), request_no, member_id
from redeemed
where item = 'draw:' || :draw and outcome = 'GRANTED' and mode = 'REQUESTED' and cancelled_night is null
  and at < (:closes::date + 1)::timestamp at time zone :zone;

-- name: listed
update draw set listed = :night where draw = :draw;

-- name: entries
select e.request_no, coalesce(m.merged_into, m.member_id) as member_id
from draw_entry e join member m on m.member_id = e.member_id
where e.draw = :draw
order by e.n;

-- name: public
-- The first value that was read after the list was closed.
select p.value
from draw_public p join draw d on d.draw = p.draw
where p.draw = :draw and p.night > d.listed and p.night <= :night
order by p.night
limit 1;

-- name: prizes
select item, qty from draw_prize where draw = :draw order by n;

-- name: win
insert into draw_win (draw, place, request_no, member_id, item, score)
select :draw, place, request_no, member_id, item, score
from unnest(:places::int[], :requests::text[], :members::text[], :won::text[], :scores::text[])
  as w (place, request_no, member_id, item, score);

-- name: count
-- What nobody won is to be had again. Of two prizes of one item the first one was won first.
update draw_prize p
set won = greatest(0, least(p.qty, (select count(*) from draw_win w where w.draw = p.draw) - coalesce((
  select sum(b.qty) from draw_prize b where b.draw = p.draw and b.n < p.n), 0)))
where p.draw = :draw;

-- name: drawn
update draw set drawn = :night, public = :value where draw = :draw;
