-- Schema copy of files/postgres_everything for sqlite.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

CREATE INDEX "by_balance" ON "customer" ("balance" DESC) WHERE CAST("balance" AS NUMERIC) > CAST(0 AS REAL);

CREATE UNIQUE INDEX "by_lower" ON "customer" ((lower("name")), "parent");

CREATE UNIQUE INDEX "customer_name_balance_key" ON "customer" ("name", "balance");

CREATE UNIQUE INDEX "one_active" ON "customer" ("born") WHERE "active";

CREATE INDEX "by_number" ON "order" ("number");
