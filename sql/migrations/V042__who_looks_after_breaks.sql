-- Who looks after a break, until when, and how far it is understood. '' and null: nobody has said.
alter table break add column owner text not null default '';
alter table break add column due_on date;
alter table break add column cause text not null default '';   -- why it is there, once somebody has explained it

alter table break drop constraint break_state_check;
alter table break add constraint break_state_check check (state in ('OPEN', 'CLOSED', 'RESOLVED', 'WAIVED'));

alter table break_action drop constraint break_action_action_check;
alter table break_action add constraint break_action_action_check
  check (action in ('RESOLVE', 'ACCEPT', 'ASSIGN', 'EXPLAIN', 'WAIVE'));
