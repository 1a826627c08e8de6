-- Registers arrivals and freezes the input of a night.
-- grain: one row of arrival per file in the archive; one row of night_input per arrival of the night
-- writes: arrival, night_input
-- params: :night date, :n int, :channel text, :shop text, :document text, :grain text, :file text, :sha256 text, :bytes bigint, :refused text, :message text, :outcome text

-- name: register
insert into arrival (channel, shop, file, sha256, bytes, refused, message)
values (:channel, :shop, :file, :sha256, :bytes, :refused, :message)
on conflict (night, channel, shop, file, sha256) do nothing;

-- name: freeze
update arrival set night = :night where night = '-infinity';

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
