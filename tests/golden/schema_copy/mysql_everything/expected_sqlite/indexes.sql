-- Schema copy of files/mysql_everything for sqlite.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

CREATE UNIQUE INDEX "name_balance" ON "customer" ("name", "balance");

CREATE INDEX "customer_parent" ON "customer" ("parent");

CREATE INDEX "by_note" ON "order" (substr("note", 1, 10));

CREATE INDEX "by_order" ON "order_line" ("customer_id", "number");
