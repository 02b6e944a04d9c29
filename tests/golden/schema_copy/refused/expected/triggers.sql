-- Schema copy of files/refused for sqlite.
-- Triggers of tables. Run after the data, so that they do not fire for it.

CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT no_such_function(new.a); END;

CREATE TRIGGER s AFTER DELETE ON t BEGIN INSERT INTO t(a) VALUES (1); END;
