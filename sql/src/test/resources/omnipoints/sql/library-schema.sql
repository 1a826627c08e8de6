-- A script as libraries write them: it drops what it is about to create, and commits.
DROP TABLE IF EXISTS shelf;
CREATE TABLE shelf (id int PRIMARY KEY, title text DEFAULT 'a;b');
CREATE SEQUENCE shelf_seq;
COMMIT;
