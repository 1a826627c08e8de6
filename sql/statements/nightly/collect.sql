-- Registers arrivals and freezes the input of a night.
-- grain: one row of arrival per file in the archive; one row of night_input per arrival of the night
-- writes: arrival, night_input, inbox_left, night_expected
-- params: :night date, :n int, :channel text, :shop text, :document text, :grain text, :file text, :sha256 text, :bytes bigint, :refused text, :message text, :outcome text,
--   :previous date, :files text[], :kinds text[], :reasons text[],
--   :deadline timestamptz, :state text

-- name: register
insert into arrival (channel, shop, file, sha256, bytes, refused, message)
values (:channel, :shop, :file, :sha256, :bytes, :refused, :message)
on conflict (night, channel, shop, file, sha256) do nothing;

-- name: freeze
update arrival set night = :night where night = '-infinity';

-- name: accepted_doubled
-- Files whose rows waited for somebody's word are read again once it was given.
insert into arrival (night, channel, shop, file, sha256, bytes, replay)
select :night, d.channel, d.shop, d.file, d.sha256, d.bytes, true
from doubled_delivery d
where d.read_night is null
  and exists (
    select 1 from break b
    join break_action a on a.break_id = b.id and a.action = 'ACCEPT'
    where b.type = 'DOUBLED_ROWS' and b.channel = d.channel and b.shop = d.shop
      and b.key = d.document || ' ' || d.sha256)
on conflict (night, channel, shop, file, sha256) do update set replay = true;

-- name: left_again
-- A step that was begun anew saw the inbox anew.
delete from inbox_left where night = :night;

-- name: left
insert into inbox_left (night, n, file, kind, reason, since)
select :night::date, g.n, g.file, g.kind, g.reason,
  coalesce((select b.since from inbox_left b where b.night = :previous and b.file = g.file limit 1), :night::date)
from unnest(:files, :kinds, :reasons) with ordinality as g (file, kind, reason, n);

-- name: left_before
-- A night that does not look leaves there what the night before saw.
insert into inbox_left (night, n, file, kind, reason, since)
select :night::date, n, file, kind, reason, since from inbox_left where night = :previous;

-- name: arrivals
select channel, shop, file, sha256, bytes, refused, message, replay
from arrival
where night = :night
order by channel, shop, file, sha256;

-- name: before
select case
    when exists (
      select 1 from delivery
      where channel = :channel and shop = :shop and document = :document and sha256 = :sha256) then 'DUPLICATE'
    when exists (
      select 1 from delivery
      where channel = :channel and shop = :shop and document = :document and file = :file) then 'REVISION'
    else '' end;

-- name: store
insert into night_input (night, n, channel, shop, document, grain, file, sha256, bytes, outcome, message)
values (:night, :n, :channel, :shop, :document, :grain, :file, :sha256, :bytes, :outcome, :message);

-- name: withouts
select channel from night_without where night = :night order by channel;

-- name: expected_again
delete from night_expected where night = :night;

-- name: expected
insert into night_expected (night, n, channel, shop, document, deadline, state)
values (:night, :n, :channel, :shop, :document, :deadline, :state);
