-- A customer row of a platform with several tokens may prove that two members are one.
alter table merge_evidence drop constraint merge_evidence_source_check;
alter table merge_evidence add constraint merge_evidence_source_check
  check (source in ('FACT', 'ORDER', 'BALANCE', 'BINDING'));
