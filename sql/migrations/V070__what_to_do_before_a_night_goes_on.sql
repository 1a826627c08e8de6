-- What a person was told to do when the night ended without closing, a line each, so that status can say it again.
alter table night add column advice text not null default '';
