-- What people did about rejects, and about files that were refused whole. Append-only.
-- grain: one row per (reject or refused file, action)
create table quarantine_action (
  subject       text collate "C" not null,            -- id of the reject, or SHA-256 of the refused file
  n             integer not null,                     -- 1, 2, 3 … of the subject
  action        text not null check (action in ('REPLAY', 'WAIVE')),
  at            timestamptz not null,
  actor         text not null,
  because       text not null,
  before_masked text not null,
  after_masked  text not null,
  sha256        text collate "C" not null default '', -- the delivery that carries the row as it is read again
  row           integer not null default 0,           -- its row there; 0: the whole file
  primary key (subject, n)
);
create index quarantine_action_delivery on quarantine_action (sha256, row) where action = 'REPLAY';

-- A reject of a replayed row stays with the reject it was a replay of: people see one fault, not a chain of them.
alter table quarantine add column replay_of text collate "C";
create index quarantine_replay_of on quarantine (replay_of) where replay_of is not null;

-- The night that looks at the order again because the reject was settled.
alter table quarantine add column settled_night date;
create index quarantine_settled on quarantine (settled_night) where settled_night is not null;

-- A replay is read although its bytes may have come before: under another mapping, or as they are in another file.
alter table arrival add column replay boolean not null default false;
