-- Keeps what our own documents say, each row once by its key, and finds out whom they are about.
-- grain: one row of own_row per (document, key), and per night where later nights replace it
-- writes: own_row, reject_n, night_input
-- params: :night date, :cut timestamptz, :zone text, :claim int, :hq text[]
-- cost: a fixed number of statements over the rows of the night's own documents, and over waiting rows whose person was
--   named for the first time tonight

-- name: keep_again
-- A night that is read anew says what its documents say anew. What it knew of older rows stays known: so do the tokens.
delete from own_row where night = :night;

-- name: keep_conflicting
-- Rows of one key, in whatever files of the night, that say different things: none is used.
with conflict as (
  delete from shown_own_n{night} s
  using (
    select document, key from shown_own_n{night} group by document, key having count(distinct content) > 1
  ) c
  where s.document = c.document and s.key = c.key
  returning s.*
)
insert into reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', shown,
  format('%s %s: other rows of the night say otherwise', document, shown), null, null, null, false, false
from conflict;

-- name: keep_contradicting
-- What an earlier night has kept stays; a row that says otherwise is listed.
with conflict as (
  delete from shown_own_n{night} s
  using own_row k
  where not s.replaces and k.document = s.document and k.key = s.key and k.content <> s.content and k.withdrawn is null
  returning s.delivery, s.row, s.document, s.shown, k.night, k.file, k.source_row
)
insert into reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', shown,
  format('%s %s: %s row %s, read in night %s, says otherwise and stays', document, shown, file, source_row, night),
  null, null, null, false, false
from conflict;

-- name: keep_taken_back
-- A number under which something was decided and taken back is used up.
with gone as (
  delete from shown_own_n{night} s
  using own_row k
  where s.document = 'redemption' and k.document = s.document and k.key = s.key and k.withdrawn is not null
    and exists (select 1 from redeemed d where d.request_no = k.key)
  returning s.delivery, s.row, s.document, s.shown, k.withdrawn
)
insert into reject_n{night}
select delivery, row, '', 'CONFLICTING_ROWS', shown,
  format('%s %s: night %s took it back; it can be asked for under another number', document, shown, withdrawn),
  null, null, null, false, false
from gone;

-- name: keep_rows
-- Whoever is not waited for is no reason to wait.
insert into own_row (document, key, night, content, says, as_of, member_kind, member_channel, member_hash, member_shown,
  other_kind, other_channel, other_hash, other_shown, waits_member, waits_other, known_night, due_on, channel, file, sha256,
  source_row)
select distinct on (s.document, s.key) s.document, s.key, :night::date, s.content, s.says::jsonb,
  coalesce(s.as_of, :cut::timestamptz - interval '1 second'), s.member_kind, s.member_channel, s.member_hash, s.member_shown,
  s.other_kind, s.other_channel, s.other_hash, s.other_shown, s.waits_member, s.waits_other,
  case when not s.waits_member and not s.waits_other then :night::date end,
  case when not s.waits_member and not s.waits_other
    then greatest(:night::date, (s.as_of at time zone :zone)::date) end,
  i.channel, i.file, i.sha256, s.row
from shown_own_n{night} s
join night_input i on i.night = :night and i.n = s.delivery
left join lateral (
  select content from own_row k
  where k.document = s.document and k.key = s.key and k.withdrawn is null
  order by k.night desc limit 1
) k on true
where k.content is null or k.content <> s.content
order by s.document, s.key, i.sha256, s.row;

-- name: rows
-- A row that was known, or stands in another row, too, is a duplicate.
update night_input i
set merged = i.merged + c.merged, duplicate = i.duplicate + c.duplicate
from (
  select s.delivery, count(*) filter (where k.key is not null) as merged, count(*) filter (where k.key is null) as duplicate
  from shown_own_n{night} s
  join night_input d on d.night = :night and d.n = s.delivery
  -- by its key: of a night that the planner has not seen it believes that it holds one row, and looks through all for each
  left join lateral (
    select * from own_row k where k.document = s.document and k.key = s.key offset 0
  ) k on k.night = :night and k.sha256 = d.sha256 and k.source_row = s.row
  group by s.delivery
) c
where i.night = :night and i.n = c.delivery;

-- name: known_members
-- Whoever had the token when it happened. Rows wait so many nights for somebody to have it; a token that is new tonight is
-- all that can make an older row known.
update own_row o
set member_id = f.member_id
from (
  select w.document, w.key, w.night, coalesce(t.member_id, m.member_id) as member_id
  from (
    select document, key, night, as_of, member_kind, member_channel, member_hash, member_shown
    from own_row
    where night = :night and member_id is null and member_hash is not null
    union
    select r.document, r.key, r.night, r.as_of, r.member_kind, r.member_channel, r.member_hash, r.member_shown
    from identity_n{night} i
    join own_row r on r.member_hash = i.hash and r.member_id is null and r.member_hash is not null
    where r.member_kind = i.kind and r.member_channel = i.channel and r.night >= :night::date - :claim::int
  ) w
  left join token t on t.kind = w.member_kind and t.channel = w.member_channel and t.hash = w.member_hash
    and t.valid_from <= w.as_of and w.as_of < t.valid_to
  left join member m on w.member_kind = 'member_id' and m.member_id = w.member_shown
) f
where o.document = f.document and o.key = f.key and o.night = f.night and f.member_id is not null;

-- name: known_others
update own_row o
set other_id = f.member_id, other_night = :night
from (
  select w.document, w.key, w.night, coalesce(t.member_id, m.member_id) as member_id
  from (
    select document, key, night, as_of, other_kind, other_channel, other_hash, other_shown
    from own_row
    where night = :night and other_id is null and other_hash is not null
    union
    select r.document, r.key, r.night, r.as_of, r.other_kind, r.other_channel, r.other_hash, r.other_shown
    from identity_n{night} i
    join own_row r on r.other_hash = i.hash and r.other_id is null and r.other_hash is not null
    where r.other_kind = i.kind and r.other_channel = i.channel and r.night >= :night::date - :claim::int
  ) w
  left join token t on t.kind = w.other_kind and t.channel = w.other_channel and t.hash = w.other_hash
    and t.valid_from <= w.as_of and w.as_of < t.valid_to
  left join member m on w.other_kind = 'member_id' and m.member_id = w.other_shown
) f
where o.document = f.document and o.key = f.key and o.night = f.night and f.member_id is not null;

-- name: known_rows
-- What waits for nobody any more is due tonight, or on its own date. Whether two of the head office signed it is asked once.
update own_row
set known_night = :night, due_on = greatest(:night::date, (as_of at time zone :zone)::date),
  signed = case when document = 'account_state' then says ->> 'requested_by' = any (:hq::text[])
    and says ->> 'approved_by' = any (:hq::text[]) and says ->> 'requested_by' <> says ->> 'approved_by' end
where known_night is null and (not waits_member or member_id is not null) and (not waits_other or other_id is not null)
  and withdrawn is null;

-- name: known_waiting
-- A row of tonight that waits for its person is kept, and counted as waiting.
update night_input i
set merged = i.merged - c.waiting, waiting = i.waiting + c.waiting
from (
  select d.n, count(*) as waiting
  from own_row o
  join night_input d on d.night = :night and d.channel = o.channel and d.file = o.file and d.sha256 = o.sha256
    and d.grain = o.document and d.outcome in ('ACCEPTED', 'REVISION')
  where o.night = :night and o.known_night is null
  group by d.n
) c
where i.night = :night and i.n = c.n;
