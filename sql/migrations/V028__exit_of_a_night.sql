-- The exit code a night closed with: run again, it answers the same, whatever was resolved or configured since.
alter table close add column exit_code integer not null default 0;
