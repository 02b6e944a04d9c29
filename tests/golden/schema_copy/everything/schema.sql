CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE DEFAULT 'it''s',   -- a comment
  "full name" TEXT GENERATED ALWAYS AS (name || '!') VIRTUAL,
  balance DECIMAL(10,2) CHECK (balance >= 0),
  parent REFERENCES customer(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (name, balance)
);
CREATE TABLE "order" (
  customer_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  note,
  PRIMARY KEY (customer_id, number),
  FOREIGN KEY (customer_id) REFERENCES customer ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE TABLE order_line (customer_id INT, number INT, qty INT NOT NULL,
  FOREIGN KEY (customer_id, number) REFERENCES "order"(customer_id, number)) STRICT;
CREATE TABLE broken (a REFERENCES customer(balance), b REFERENCES gone(x));
CREATE TABLE "odd | `name`
# *with* a line" ([a|b], "<c>" "VAR`CHAR", _d_ INT);
CREATE INDEX by_balance ON customer(balance DESC) WHERE balance > 0;
CREATE UNIQUE INDEX by_lower ON customer(lower(name), parent) -- ends in a comment
;
CREATE TABLE log (line TEXT);
CREATE TRIGGER customer_log AFTER INSERT ON customer WHEN new.balance > 0 BEGIN
  INSERT INTO log VALUES (CASE WHEN new.id THEN 'new; end' ELSE 'old' END);
  SELECT CASE new.id WHEN 1 THEN 2 END;
END;
CREATE VIEW top AS SELECT * FROM rich -- ends in a comment
;
CREATE VIEW rich AS SELECT id, name FROM customer WHERE balance > 100;
CREATE TRIGGER top_insert INSTEAD OF INSERT ON top BEGIN INSERT INTO log VALUES (new.name); END;
CREATE VIEW stale AS SELECT missing FROM nowhere;
CREATE VIRTUAL TABLE notes USING fts5(title, body);
CREATE VIRTUAL TABLE areas USING rtree(id, min_x, max_x);
INSERT INTO customer (name) VALUES ('x');
ANALYZE;
