-- What proves that the files of an extract are those that were written; null for extracts of which nothing was kept.
alter table extract add column manifest_sha256 text;
