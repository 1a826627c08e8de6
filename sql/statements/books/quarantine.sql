-- Rows that cannot be trusted, the oldest first.
-- grain: one row per rejected cell or row of a delivery; a replay rejected again is found under the reject it was made for
-- writes: nothing
-- params: :until date, :all boolean, :id text, :reason text, :channel text, :file text, :state text

-- name: items
-- key: the order it belongs to or, where that could not be read, file and row; again_*: why its last replay was rejected
-- again; replay_waits: a replay is registered and not read yet
select
  q.id, q.reason, q.channel, q.shop, coalesce(q.order_no, q.file || ':' || q.row) as key, q.first_night,
  greatest(0, :until - q.first_night) as age_nights, q.state,
  q.file || ':' || q.row || case q.column_name when '' then '' else ' ' || q.column_name end
    || case q.value_masked when '' then '' else ': ' || q.value_masked end as detail,
  q.document, q.file, q.sha256, q.row, q.column_name as "column", q.value_masked, q.order_no as "order",
  exists (
    select 1 from quarantine_action a
    join arrival r on r.replay and r.night = '-infinity' and r.channel = q.channel and r.sha256 = a.sha256
    where a.subject = q.id and a.action = 'REPLAY') as replay_waits,
  again.night as again_night, again.reason as again_reason, again.column_name as again_column,
  again.value_masked as again_value_masked
from quarantine q
left join lateral (
  select c.first_night as night, c.reason, c.column_name, c.value_masked
  from quarantine_action a
  join quarantine c on c.sha256 = a.sha256 and c.row = a.row and c.replay_of is not null
  where a.subject = q.id and a.action = 'REPLAY'
  order by a.n desc, c.column_name
  limit 1
) again on true
where case
  when :id = '' then q.replay_of is null
    and (:all or q.state = :state)
    and (:reason = '' or q.reason = :reason)
    and (:channel = '' or q.channel = :channel)
    and (:file = '' or q.file = :file)
  -- one of them, also by the id of a replay that was rejected again
  else q.id = coalesce((select c.replay_of from quarantine c where c.id = :id), :id)
end
order by q.first_night, q.channel, q.shop, q.file, q.row, q.column_name, q.id;

-- name: groups
select
  reason, channel, document, column_name as "column", count(*) as rejects, min(id) as example, min(first_night) as first_night,
  greatest(0, :until - min(first_night)) as age_nights
from quarantine
where replay_of is null
  and (:all or state = :state)
  and (:reason = '' or reason = :reason)
  and (:channel = '' or channel = :channel)
  and (:file = '' or file = :file)
group by reason, channel, document, column_name
order by rejects desc, reason, channel, document, column_name;

-- name: place
-- the row, masked, and the order it parks, if that is known
select q.record_masked, o.parked as parks_parked, coalesce(v.class, case when o.order_key is not null then '' end) as parks_accounting_class,
  case when o.order_key is not null then q.order_no end as parks_order,
  case when o.order_key is not null then
    (select count(*) from order_line l where l.order_key = q.order_key) end as parks_lines
from quarantine q
left join sales_order o on o.order_key = q.order_key
left join verdict v on v.first_night = o.first_night and v.order_key = o.order_key
where q.id = :id;

-- name: siblings
-- other rejects of the same row or order
select s.id, s.file, s.row, s.column_name as "column", s.reason, s.state
from quarantine q
join quarantine s on s.id <> q.id and s.replay_of is null
  and (s.order_key = q.order_key or s.channel = q.channel and s.sha256 = q.sha256 and s.row = q.row)
where q.id = :id
order by s.file, s.row, s.column_name, s.id;

-- name: history
-- what people did about it, and which night read it again
select a.at, a.actor as by, a.action, a.because, a.before_masked, a.after_masked, a.sha256, a.row,
  (select min(i.night) from night_input i where i.sha256 = a.sha256) as night,
  (select string_agg(trim(concat_ws(' ', c.reason, c.column_name, c.value_masked)), ', ' order by c.column_name)
   from quarantine c where c.sha256 = a.sha256 and c.row = a.row and a.sha256 <> '' and c.replay_of is not null) as rejected
from quarantine_action a
where a.subject = :id
order by a.n;

-- name: files
-- Deliveries refused whole, as they came last. grain: one row per (channel, shop, file, bytes)
select
  f.sha256 as id, f.outcome as reason, f.channel, f.shop, f.file as key, f.first_night, f.age_nights, f.state,
  f.message as detail, f.file, f.sha256, f.bytes
from (
  select distinct on (i.channel, i.shop, i.file, i.sha256)
    i.channel, i.shop, i.file, i.sha256, i.bytes, i.outcome, i.message,
    min(i.night) over (partition by i.channel, i.shop, i.file, i.sha256) as first_night,
    greatest(0, :until - min(i.night) over (partition by i.channel, i.shop, i.file, i.sha256)) as age_nights,
    case
      when exists (
        select 1 from delivery d where d.channel = i.channel and d.shop = i.shop and d.sha256 = i.sha256)
        then 'REPLAYED'
      when exists (
        select 1 from night_input l
        where l.channel = i.channel and l.shop = i.shop and l.file = i.file and l.night >= i.night
          and l.outcome in ('ACCEPTED', 'REVISION'))
        then 'REPLACED'
      when exists (
        select 1 from night_input l
        where l.channel = i.channel and l.shop = i.shop and l.night > i.night and starts_with(l.file, i.file || '/'))
        then 'REPLAYED'
      when exists (
        select 1 from arrival r
        where r.night = '-infinity' and r.channel = i.channel and r.shop = i.shop and r.sha256 = i.sha256)
        then 'WAITING'
      else 'OPEN'
    end as state
  from night_input i
  where i.outcome not in ('ACCEPTED', 'REVISION', 'DUPLICATE', 'EMPTY')
  order by i.channel, i.shop, i.file, i.sha256, i.night desc
) f
where (:all or f.state = :state or :state = 'OPEN' and f.state = 'WAITING')
  and (:reason = '' or f.outcome = :reason)
  and (:channel = '' or f.channel = :channel)
  and (:file = '' or f.file = :file)
order by f.first_night, f.channel, f.shop, f.file, f.sha256;
