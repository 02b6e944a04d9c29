-- Schema copy of files/everything for sqlite.
-- Tables with their keys and constraints. Run first.

CREATE TABLE broken (a REFERENCES customer(balance), b REFERENCES gone(x));

CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE DEFAULT 'it''s',   -- a comment
  "full name" TEXT GENERATED ALWAYS AS (name || '!') VIRTUAL,
  balance DECIMAL(10,2) CHECK (balance >= 0),
  parent REFERENCES customer(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (name, balance)
);

CREATE TABLE log (line TEXT);

CREATE TABLE "odd | `name`
# *with* a line" ([a|b], "<c>" "VAR`CHAR", _d_ INT);

CREATE TABLE "order" (
  customer_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  note,
  PRIMARY KEY (customer_id, number),
  FOREIGN KEY (customer_id) REFERENCES customer ON UPDATE CASCADE
) WITHOUT ROWID;

CREATE TABLE order_line (customer_id INT, number INT, qty INT NOT NULL,
  FOREIGN KEY (customer_id, number) REFERENCES "order"(customer_id, number)) STRICT;

CREATE VIRTUAL TABLE areas USING rtree(id, min_x, max_x);

CREATE VIRTUAL TABLE notes USING fts5(title, body);
