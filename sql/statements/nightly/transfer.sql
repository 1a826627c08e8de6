-- What one member gives to another tonight.
-- grain: one row of transferred per transfer number that a night has judged
-- writes: transferred
-- params: :night date, :previous date, :zone text, :numbers text[], :givers text[], :receivers text[], :ats text[],
--   :points bigint[], :outcomes text[], :refusals text[]
-- cost: run where documents ever told of transfers only; what is due tonight, and the transfers of those givers in those months

-- name: due
-- In the global order, with those that were held and that somebody let go. known: the receiver was a friend of the giver when the night began, and was one at that moment.
select x.transfer_no, x.at, x.points, x.giver, x.receiver, g.join_date,
  to_char(x.at at time zone :zone, 'YYYY-MM') as month,
  exists (
    select 1
    from (
      select distinct on (r.key) r.friend_id, r.from_at, r.to_at, r.known_night
      from member b
      join relation r on r.member_id = b.member_id
      where b.member_id in (select f.member_id from member f where f.member_id = x.giver or f.merged_into = x.giver)
        and r.night <= :previous
      order by r.key, r.night desc
    ) r
    join member f on f.member_id = r.friend_id
    where coalesce(f.merged_into, f.member_id) = x.receiver and r.known_night <= :previous
      and (r.from_at is null or r.from_at <= x.at) and (r.to_at is null or x.at < r.to_at)) as known,
  (
    select count(*)
    from member b join transferred t on t.giver_id = b.member_id
    where (b.member_id = x.giver or b.merged_into = x.giver) and t.outcome = 'GRANTED' and t.night < :night
      and to_char(t.at at time zone :zone, 'YYYY-MM') = to_char(x.at at time zone :zone, 'YYYY-MM')) as used_count,
  (
    select coalesce(sum(t.points), 0)::bigint
    from member b join transferred t on t.giver_id = b.member_id
    where (b.member_id = x.giver or b.merged_into = x.giver) and t.outcome = 'GRANTED' and t.night < :night
      and to_char(t.at at time zone :zone, 'YYYY-MM') = to_char(x.at at time zone :zone, 'YYYY-MM')) as used_points,
  (
    select count(*)
    from member b join transferred t on t.receiver_id = b.member_id
    where (b.member_id = x.receiver or b.merged_into = x.receiver) and t.outcome = 'GRANTED' and t.night < :night
      and (t.at at time zone :zone)::date = (x.at at time zone :zone)::date) as used_in,
  (x.at at time zone :zone)::date::text as day, x.released
from (
  select t.transfer_no, t.at, t.points, coalesce(g.merged_into, g.member_id) as giver,
    coalesce(r.merged_into, r.member_id) as receiver,
    exists (select 1 from hold_release h where h.number = t.transfer_no and h.night = :night) as released
  from (
    select key from transfer where due_on > :previous and due_on <= :night
    union
    select number from hold_release where night = :night
  ) w (key)
  join transfer t on t.transfer_no = w.key
  join member g on g.member_id = t.giver_id
  join member r on r.member_id = t.receiver_id
  where t.due_on <= :night
) x
join member g on g.member_id = x.giver
order by x.at, x.transfer_no;

-- name: judged
insert into transferred (transfer_no, giver_id, receiver_id, night, at, points, outcome, refusal)
select number, giver, receiver, :night::date, at::timestamptz, points, outcome, nullif(refusal, '')
from unnest(:numbers::text[], :givers::text[], :receivers::text[], :ats::text[], :points::bigint[], :outcomes::text[],
  :refusals::text[]) as t (number, giver, receiver, at, points, outcome, refusal)
on conflict (transfer_no) do update set giver_id = excluded.giver_id, receiver_id = excluded.receiver_id, night = excluded.night,
  outcome = excluded.outcome, refusal = excluded.refusal;
