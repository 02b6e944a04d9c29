-- Schema copy of files/refused for sqlite.
-- Tables and other objects that were not copied.

-- table refused: no such function: no_such_check
CREATE TABLE refused (id INTEGER PRIMARY KEY, b TEXT CHECK (no_such_check(b)));

-- table gone: no such module: no_such_module
CREATE VIRTUAL TABLE gone USING no_such_module(a);
