-- Keeps what the statements of a night say about money, each movement once, whatever statements show it.
-- grain: one row of settlement per distinct movement
-- writes: settlement, night_input
-- params: :night date
-- cost: one statement over the rows of the night's statements

-- name: again
-- A night that is read anew says what its statements say anew.
delete from settlement where first_night = :night;

-- name: keep
insert into settlement (channel, shop, content, document, flow, order_no, order_key, line_no, refund_no, at, fee, kind,
  amount_fen, balance_fen, first_night, sha256, source_row)
select distinct on (s.channel, s.shop, s.content) s.channel, s.shop, s.content, i.document, s.flow, s.order_no,
  case when s.order_no is not null then order_key(s.channel, s.shop, s.order_no) end, s.line_no, s.refund_no, s.at, s.fee,
  s.kind, s.amount_fen, s.balance_fen, :night::date, i.sha256, s.row
from shown_settlement_n{night} s
join night_input i on i.night = :night and i.n = s.delivery
order by s.channel, s.shop, s.content, i.sha256, s.row
on conflict do nothing;

-- name: rows
-- A movement that was known, or stands in another row, too, is a duplicate.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select s.delivery, count(*) filter (where k.content is not null) as merged,
    count(*) filter (where k.content is null) as duplicate
  from shown_settlement_n{night} s
  join night_input d on d.night = :night and d.n = s.delivery
  left join settlement k on k.channel = s.channel and k.shop = s.shop and k.content = s.content
    and k.first_night = :night and k.sha256 = d.sha256 and k.source_row = s.row
  group by s.delivery
) c
where i.night = :night and i.n = c.delivery;
