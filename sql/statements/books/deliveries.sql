-- What was delivered, and what became of it.
-- grain: see each statement
-- writes: nothing
-- params: :channel text, :file text, :most bigint, :sha256 text
-- cost: lists go over deliveries only; of one delivery, one pass over the orders for those it was the last to change

-- the newest first; grain: one row per delivery
-- name: deliveries
select sha256, channel, shop, document, file, bytes, first_night, rows_in as rows,
  coalesce((select w.actor || ': ' || w.because from withdrawal w
    where w.channel = delivery.channel and w.shop = delivery.shop and w.document = delivery.document
      and w.sha256 = delivery.sha256), '') as withdrawn
from delivery
where (:channel = '' or channel = :channel) and (:file = '' or file = :file)
order by first_night desc, channel, shop, document, file, sha256
limit :most;

-- whose hash begins so
-- name: of_hash
select sha256, channel, shop, document, file, bytes, first_night, rows_in as rows,
  coalesce((select w.actor || ': ' || w.because from withdrawal w
    where w.channel = delivery.channel and w.shop = delivery.shop and w.document = delivery.document
      and w.sha256 = delivery.sha256), '') as withdrawn
from delivery
where sha256 like :sha256 || '%'
order by sha256, channel, shop, document
limit :most;

-- every time it came; grain: one row per arrival of a night
-- name: arrivals
select night, file, outcome, message, rows_in, merged as rows_merged, superseded as rows_superseded,
  duplicate as rows_duplicate, rejected as rows_rejected, filtered as rows_filtered, waiting as rows_waiting
from night_input
where sha256 = :sha256
order by night, n;

-- what stands as it says it; grain: one row
-- name: holds
select
  (select count(*) from sales_order where source_sha256 = :sha256) as orders,
  (select count(*) from order_line where source_sha256 = :sha256) as lines,
  (select count(*) from refund_document where source_sha256 = :sha256) as refunds,
  (select count(*) from till_return where source_sha256 = :sha256) as returns,
  (select count(*) from binding where source_sha256 = :sha256) as bindings,
  (select count(*) from member_fact where source_sha256 = :sha256) as members,
  (select count(*) from quarantine where sha256 = :sha256 and state = 'OPEN') as open_rejects;
