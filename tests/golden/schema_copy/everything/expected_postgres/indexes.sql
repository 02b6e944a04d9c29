-- Schema copy of files/everything for postgres.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

ALTER TABLE "customer" ADD CONSTRAINT "customer_name_balance_key" UNIQUE ("name", "balance");

CREATE INDEX "by_balance" ON "customer" ("balance" DESC) WHERE "balance" > 0;

CREATE UNIQUE INDEX "by_lower" ON "customer" ((lower("name")), "parent");
