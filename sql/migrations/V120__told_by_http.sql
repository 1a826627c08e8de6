-- What platforms are told of points over HTTP: what is still open, and every request with its answer.

alter table balance_sent add column state text not null default 'FILE'
  check (state in ('FILE', 'OPEN', 'TOLD', 'GONE'));  -- FILE: somebody else hands it over; OPEN: to be sent; GONE: the token ended
create index balance_sent_open on balance_sent (platform, channel, hash, night) where state = 'OPEN';

-- grain: one row per request number: the night that said it, and the token
create table sync_request (
  platform      text collate "C" not null,
  request_no    text collate "C" not null,
  channel       text collate "C" not null,      -- of the token
  hash          bytea not null,
  member_id     text collate "C" not null,      -- when it was planned
  shown         text not null,                  -- by what the platform knows the member; never a phone
  night         date not null,
  at            timestamptz not null,           -- as of when
  before_points bigint not null,                -- what the platform took last
  points        bigint not null,
  level         integer not null,
  state         text not null check (state in ('PLANNED', 'SENT', 'TAKEN', 'REFUSED')),  -- SENT: there is no answer
  attempts      integer not null,
  reason        text not null,
  theirs        bigint,                         -- what the platform says the member has now; null: it does not
  sent_at       timestamptz,
  answered_at   timestamptz,
  primary key (platform, request_no)
);
create index sync_request_token on sync_request (platform, channel, hash, night);
create index sync_request_open on sync_request (platform, state) where state <> 'TAKEN';
create index sync_request_wrong on sync_request (platform) where theirs <> points;
