-- One row: who may write. The epoch grows with every acquisition; a transaction of a run takes a share lock on the row
-- and sees its own epoch, so that a process that lost the lock can never commit again.
create table run_lock (
  one      boolean primary key default true check (one),
  epoch    bigint not null,
  owner    text   not null,
  since    timestamptz not null
);
insert into run_lock (epoch, owner, since) values (0, '', '-infinity');

-- grain: one row per business date that was begun
create table night (
  night           date primary key,
  run             text not null,
  state           text not null check (state in ('WAITING', 'RUNNING', 'FAILED', 'STOPPED', 'UNKNOWN', 'CLOSED')),
  previous        date,
  code_hash       text not null,
  mappings_hash   text not null,
  program_hash    text not null,
  program         text not null,
  program_version integer not null,
  message         text not null default '',
  began_at        timestamptz not null,
  ended_at        timestamptz
);

-- grain: one row per step of a night; written in the transaction of the step's own rows, so it is as durable as they are
create table night_step (
  night    date not null references night,
  step     text not null,
  state    text not null check (state in ('RUNNING', 'FAILED', 'STOPPED', 'DONE')),
  read     bigint not null default 0,
  written  bigint not null default 0,
  rejected bigint not null default 0,
  began_at timestamptz not null,
  ended_at timestamptz,
  seconds  numeric(12, 3) not null default 0,
  message  text not null default '',
  primary key (night, step)
);
