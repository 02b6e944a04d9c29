-- Schema copy of files/postgres_everything for postgres.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

ALTER TABLE "booking" ADD CONSTRAINT "booking_during_excl" EXCLUDE USING gist (during WITH &&);

CREATE INDEX "by_balance" ON "customer" USING btree (balance DESC NULLS LAST) WHERE (balance > (0)::numeric);

CREATE UNIQUE INDEX "by_lower" ON "customer" USING btree (lower((name)::text), parent);

CREATE INDEX "by_tags" ON "customer" USING gin (tags);

ALTER TABLE "customer" ADD CONSTRAINT "customer_name_balance_key" UNIQUE (name, balance);

CREATE UNIQUE INDEX "one_active" ON "customer" USING btree (born) WHERE active;

CREATE INDEX "by_number" ON "order" USING btree (number) INCLUDE (note);

CREATE INDEX "by_words" ON "order" USING gin (to_tsvector('english'::regconfig, note));
