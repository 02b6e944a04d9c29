-- Schema copy of files/postgres_everything for sqlite.
-- Tables with their keys and constraints. Run first.

CREATE TABLE "booking" (
  "room" INTEGER,
  "during" TSRANGE_TEXT
);

CREATE TABLE "customer" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "name" VARCHAR(80) NOT NULL DEFAULT 'it''s',
  "full name" TEXT GENERATED ALWAYS AS ("name" || '!') STORED,
  "feeling" ENUM_TEXT DEFAULT 'happy',
  "balance" DECIMAL_TEXT(10,2),
  "worth" DECIMAL_TEXT(10,2),
  "parent" BIGINT,
  "key" UUID_TEXT NOT NULL,
  "tags" ARRAY_TEXT,
  "details" JSONB_TEXT DEFAULT '{}',
  "photo" BLOB,
  "born" DATE_TEXT,
  "seen" TIMESTAMPTZ_TEXT DEFAULT CURRENT_TIMESTAMP,
  "opens" TIME_TEXT(0),
  "active" BOOLEAN NOT NULL DEFAULT 1,
  "ratio" DOUBLE DEFAULT 0.5,
  "address" INET_TEXT,
  CHECK ("feeling" IN ('sad', 'it''s ok', 'happy')),
  CONSTRAINT "customer_balance_check" CHECK (CAST("balance" AS NUMERIC) >= CAST(0 AS REAL)),
  CHECK (CAST("worth" AS NUMERIC) > CAST(0 AS REAL)),
  CONSTRAINT "customer_parent_fkey" FOREIGN KEY ("parent") REFERENCES "customer" ("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "log" (
  "line" TEXT,
  "at" DATETIME_TEXT DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "measure" (
  "day" DATE_TEXT NOT NULL,
  "value" FLOAT32
);

CREATE TABLE "order" (
  "customer_id" BIGINT NOT NULL,
  "number" INTEGER NOT NULL,
  "note" TEXT,
  PRIMARY KEY ("customer_id", "number"),
  CONSTRAINT "order_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON UPDATE CASCADE
);

CREATE TABLE "order_line" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "customer_id" BIGINT,
  "number" INTEGER,
  "qty" SMALLINT NOT NULL,
  CONSTRAINT "few" CHECK ("qty" >= 1 AND "qty" <= 99),
  CONSTRAINT "order_line_customer_id_number_fkey" FOREIGN KEY ("customer_id", "number") REFERENCES "order" ("customer_id", "number") ON DELETE CASCADE
);

CREATE TABLE "shop__customer" (
  "id" INTEGER NOT NULL,
  "select" TEXT,
  "Mixed Case" TEXT,
  PRIMARY KEY ("id")
);
