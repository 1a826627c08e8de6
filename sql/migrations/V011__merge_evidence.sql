-- What proved that two members are one. grain: one row per merged member, written by the night that merged it; members
-- that merged before this table was there have none
create table merge_evidence (
  member_id     text collate "C" primary key, -- who merged
  night         date not null,
  joined        text collate "C" not null,    -- who it was found to be; may itself have merged on in the same night
  source        text not null check (source in ('FACT', 'ORDER', 'BINDING')),
  content       bytea not null,               -- key of the member_fact or binding, bytes of the key of the order
  source_sha256 text not null,
  source_row    integer not null
);
