-- invariant: of every delivery, rows in = merged + superseded + duplicate + rejected + filtered + waiting
-- scope: night
-- params: :night date
select n, channel, shop, document, file, rows_in, merged, superseded, duplicate, rejected, filtered, waiting
from night_input
where night = :night and rows_in <> merged + superseded + duplicate + rejected + filtered + waiting;
