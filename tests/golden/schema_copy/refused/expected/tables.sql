-- Schema copy of files/refused for sqlite.
-- Tables with their keys and constraints. Run first.

CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
