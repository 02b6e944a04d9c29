-- Schema copy of files/everything for sqlite.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

CREATE INDEX by_balance ON customer(balance DESC) WHERE balance > 0;

CREATE UNIQUE INDEX by_lower ON customer(lower(name), parent) -- ends in a comment
;
