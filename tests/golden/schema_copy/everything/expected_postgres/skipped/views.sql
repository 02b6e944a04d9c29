-- Schema copy of files/everything for postgres.
-- Views that were not copied.

-- view rich: not translated between engines yet
CREATE VIEW rich AS SELECT id, name FROM customer WHERE balance > 100;

-- view stale: not translated between engines yet
CREATE VIEW stale AS SELECT missing FROM nowhere;

-- view top: not translated between engines yet
CREATE VIEW top AS SELECT * FROM rich -- ends in a comment
;
