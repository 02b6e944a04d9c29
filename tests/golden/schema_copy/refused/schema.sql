CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX by_a ON t(a);
CREATE VIEW v AS SELECT no_such_function(a) FROM t;
CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT no_such_function(new.a); END;
CREATE TRIGGER s AFTER DELETE ON t BEGIN INSERT INTO t(a) VALUES (1); END;
CREATE TABLE refused (id INTEGER PRIMARY KEY, b TEXT);
CREATE INDEX by_b ON refused(b);
CREATE TRIGGER u AFTER UPDATE ON refused BEGIN SELECT 1; END;
CREATE VIEW w AS SELECT * FROM refused;
CREATE VIEW over_gone AS SELECT * FROM gone;
-- What only a program with a module, a collation and a function of its own could have made.
PRAGMA writable_schema = ON;
INSERT INTO sqlite_schema VALUES ('table', 'gone', 'gone', 0,
  'CREATE VIRTUAL TABLE gone USING no_such_module(a)');
UPDATE sqlite_schema SET sql = 'CREATE INDEX by_a ON t(a COLLATE no_such_collation)' WHERE name = 'by_a';
UPDATE sqlite_schema SET sql = 'CREATE TABLE refused (id INTEGER PRIMARY KEY, b TEXT CHECK (no_such_check(b)))'
  WHERE name = 'refused';
PRAGMA writable_schema = OFF;
