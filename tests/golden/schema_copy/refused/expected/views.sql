-- Schema copy of files/refused for sqlite.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE VIEW over_gone AS SELECT * FROM gone;

CREATE VIEW v AS SELECT no_such_function(a) FROM t;

CREATE VIEW w AS SELECT * FROM refused;
