-- A survivor merges like anybody else. merged_into names the final survivor; these say which account held the points of
-- a merged member before a merge of some night, whoever had them first.
alter table member
  add column merged_to  text collate "C",   -- survivor of the night it merged in; stays when that one merges on
  add column held_by    text collate "C",   -- whose account held its points until the night held_until: its own, or that of
  add column held_until date;               -- a survivor that merged on
alter table member add check ((merged_into is null) = (merged_to is null));
