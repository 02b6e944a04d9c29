-- A small shop for scripts/demo: what real SQLite databases hold, about 235,000 rows of it.
-- Deterministic: the same file each time.
PRAGMA journal_mode = OFF;
PRAGMA foreign_keys = ON;
BEGIN;

CREATE TABLE countries (
  code TEXT PRIMARY KEY CHECK (length(code) = 2),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
) WITHOUT ROWID;

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  email TEXT UNIQUE,
  country TEXT NOT NULL REFERENCES countries (code),
  credit NUMERIC NOT NULL DEFAULT 0 CHECK (credit >= 0),
  created TEXT NOT NULL DEFAULT (datetime('now')),
  notes TEXT
);

-- A tree: a category stands below another one of the same table.
CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES categories (id) ON DELETE CASCADE,
  name TEXT NOT NULL
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL UNIQUE,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  title TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents > 0),
  price TEXT GENERATED ALWAYS AS (printf('%d.%02d', price_cents / 100, price_cents % 100)) VIRTUAL,
  weight REAL,
  photo BLOB
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  placed TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'paid', 'sent', 'returned')),
  remark
);

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL DEFAULT 1,
  unit_cents INTEGER NOT NULL,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

CREATE TABLE stock_moves (
  product_id INTEGER NOT NULL REFERENCES products (id),
  moved TEXT NOT NULL,
  quantity INTEGER NOT NULL
);

-- Two tables that point at each other.
CREATE TABLE employees (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  department_id INTEGER REFERENCES departments (id)
);
CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  head_id INTEGER REFERENCES employees (id)
);

-- Values of every kind in one column, and a name that needs quotes.
CREATE TABLE "odds and ""ends""" (
  "key" PRIMARY KEY,
  value
);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  order_id INTEGER
);

INSERT INTO countries VALUES
  ('de', 'Germany'), ('fr', 'France'), ('jp', '日本'), ('no', 'Norway'), ('pt', 'Portugal'), ('uy', 'Uruguay');

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
INSERT INTO customers (name, email, country, credit, created, notes)
SELECT 'Customer ' || i,
       CASE WHEN i % 10 <> 0 THEN 'c' || i || '@example.org' END,
       substr('defrjpnoptuy', i % 6 * 2 + 1, 2),
       i % 500 + 0.25,
       datetime('2025-01-01', '+' || i || ' minutes'),
       CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'naïve café ☕ ' || i ELSE 'line one' || char(10) || 'line two' END
FROM n;

INSERT INTO categories VALUES (1, NULL, 'Everything');
WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO categories SELECT i, i / 2, 'Category ' || i FROM n;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
INSERT INTO products (id, sku, category_id, title, price_cents, weight, photo)
SELECT i, printf('SKU-%06d', i), i % 200 + 1, 'Product ' || i, i * 7 % 9900 + 99, i / 8.0,
       CASE WHEN i % 5 = 0 THEN CAST('photo ' || i || x'00ff' AS BLOB) END
FROM n;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
INSERT INTO orders (customer_id, placed, status, remark)
SELECT i * 31 % 10000 + 1,
       datetime('2025-02-01', '+' || i || ' minutes'),
       CASE i % 4 WHEN 0 THEN 'new' WHEN 1 THEN 'paid' WHEN 2 THEN 'sent' ELSE 'returned' END,
       CASE i % 5 WHEN 0 THEN i WHEN 1 THEN i / 3.0 WHEN 2 THEN 'by phone' WHEN 3 THEN x'cafe' END
FROM n;

INSERT INTO order_lines
SELECT o.id, l.line, (o.id * 13 + l.line * 101) % 5000 + 1, o.id % 3 + 1, (o.id * 7 + l.line) % 9900 + 99
FROM orders o JOIN (SELECT 1 AS line UNION ALL SELECT 2 UNION ALL SELECT 3) l;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO stock_moves
SELECT i % 5000 + 1, datetime('2025-03-01', '+' || i || ' seconds'), i % 21 - 10 FROM n;

PRAGMA defer_foreign_keys = ON;
INSERT INTO employees VALUES (1, 'Ada', 1), (2, 'Edgar', 2), (3, 'Grace', 1), (4, 'Michael', NULL);
INSERT INTO departments VALUES (1, 'Sales', 3), (2, 'Storage', 2);

INSERT INTO "odds and ""ends""" VALUES
  ('integer', 9223372036854775807), ('real', 1e308), ('text', 'it''s'), ('blob', x'00010203'),
  ('null', NULL), (7, 'an integer key'), (7.5, 'a real key'), (x'07', 'a blob key');

-- Someone has sold and removed the newest order: its number must not come back.
DELETE FROM orders WHERE id = 50000;

CREATE INDEX customers_by_country ON customers (country, name COLLATE NOCASE);
CREATE INDEX orders_by_customer ON orders (customer_id, placed DESC);
CREATE INDEX orders_open ON orders (placed) WHERE status = 'new';
CREATE UNIQUE INDEX products_by_title ON products (lower(title));

CREATE VIEW order_totals AS
SELECT o.id, o.customer_id, o.status, sum(l.quantity * l.unit_cents) AS cents
FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY o.id;
CREATE VIEW best_customers AS
SELECT c.id, c.name, sum(t.cents) AS cents
FROM customers c JOIN order_totals t ON t.customer_id = c.id GROUP BY c.id ORDER BY cents DESC LIMIT 10;

CREATE TRIGGER orders_are_noted AFTER INSERT ON orders BEGIN
  INSERT INTO audit (what, order_id) VALUES ('order', new.id);
END;
CREATE TRIGGER totals_are_read_only INSTEAD OF UPDATE ON order_totals BEGIN
  SELECT raise(ABORT, 'change order_lines instead');
END;

COMMIT;
