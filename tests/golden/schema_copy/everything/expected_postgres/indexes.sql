-- Schema copy of files/everything for postgres.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

ALTER TABLE "customer" ADD CONSTRAINT "customer_name_balance_key" UNIQUE ("name", "balance");
