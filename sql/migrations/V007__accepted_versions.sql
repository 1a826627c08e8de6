-- What a night was continued under although it had begun under other code, mappings or programme; '' if it was not.
-- Part of the evidence of its close, and kept, unlike the message of a failure.
alter table night add column accepted text not null default '';
