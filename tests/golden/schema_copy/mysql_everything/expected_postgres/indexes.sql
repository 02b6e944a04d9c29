-- Schema copy of files/mysql_everything for postgres.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

ALTER TABLE "customer" ADD CONSTRAINT "name_balance" UNIQUE ("name", "balance");

CREATE INDEX "customer_parent" ON "customer" ("parent");

CREATE INDEX "by_note" ON "order" ("left"("note", 10));

CREATE INDEX "by_words" ON "order" USING gin (to_tsvector('simple', coalesce("note", '')));

CREATE INDEX "by_order" ON "order_line" ("customer_id", "number");
