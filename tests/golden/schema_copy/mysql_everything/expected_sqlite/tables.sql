-- Schema copy of files/mysql_everything for sqlite.
-- Tables with their keys and constraints. Run first.

CREATE TABLE "customer" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "name" VARCHAR(80) NOT NULL DEFAULT 'it''s',
  "full name" VARCHAR(90) GENERATED ALWAYS AS ("name" || '!') STORED,
  "feeling" ENUM_TEXT DEFAULT 'happy',
  "likes" SET_TEXT,
  "balance" DECIMAL_TEXT(10,2),
  "parent" BIGINT UNSIGNED,
  "code" CHAR(3) NOT NULL,
  "details" JSON_TEXT,
  "photo" MEDIUMBLOB,
  "born" DATE_TEXT,
  "founded" YEAR,
  "seen" TIMESTAMPTZ_TEXT(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "opens" TIME_TEXT(0),
  "active" TINYINT(1) NOT NULL DEFAULT 1,
  "small" TINYINT UNSIGNED,
  "flags" BIT_INTEGER(12),
  "ratio" DOUBLE DEFAULT 0.5,
  CHECK ("feeling" IN ('sad', 'it''s ok', 'happy')),
  CONSTRAINT "balance" CHECK (CAST("balance" AS NUMERIC) >= 0),
  CONSTRAINT "customer_parent" FOREIGN KEY ("parent") REFERENCES "customer" ("id") ON DELETE SET NULL ON UPDATE RESTRICT
);

CREATE TABLE "log" (
  "line" TEXT,
  "at" DATETIME_TEXT(3)
);

CREATE TABLE "measure" (
  "day" DATE_TEXT NOT NULL,
  "value" FLOAT32
);

CREATE TABLE "odd `name`" (
  "select" INTEGER NOT NULL,
  "a.b" VARCHAR(20),
  "place" SPATIAL_BLOB NOT NULL,
  PRIMARY KEY ("select")
);

CREATE TABLE "order" (
  "customer_id" BIGINT UNSIGNED NOT NULL,
  "number" INTEGER NOT NULL,
  "note" TEXT,
  PRIMARY KEY ("customer_id", "number"),
  CONSTRAINT "order_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "order_line" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "customer_id" BIGINT UNSIGNED,
  "number" INTEGER,
  "qty" SMALLINT NOT NULL,
  CONSTRAINT "few" CHECK ("qty" BETWEEN 1 AND 99),
  CONSTRAINT "line_order" FOREIGN KEY ("customer_id", "number") REFERENCES "order" ("customer_id", "number") ON DELETE CASCADE ON UPDATE RESTRICT
);
