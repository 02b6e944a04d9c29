-- Schema copy of files/everything for sqlite.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE VIEW rich AS SELECT id, name FROM customer WHERE balance > 100;

CREATE VIEW stale AS SELECT missing FROM nowhere;

CREATE VIEW top AS SELECT * FROM rich -- ends in a comment
;

CREATE TRIGGER top_insert INSTEAD OF INSERT ON top BEGIN INSERT INTO log VALUES (new.name); END;
