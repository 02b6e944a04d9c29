CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE DOMAIN positive AS numeric(10,2) CHECK (VALUE > 0);
CREATE SEQUENCE ticket START 100 INCREMENT 5;
CREATE SCHEMA shop;

CREATE TABLE customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name varchar(80) NOT NULL DEFAULT 'it''s',
  "full name" text GENERATED ALWAYS AS (name || '!') STORED,
  feeling mood DEFAULT 'happy',
  balance numeric(10,2) CHECK (balance >= 0),
  worth positive,
  parent bigint REFERENCES customer ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  key uuid NOT NULL,
  tags text[],
  details jsonb DEFAULT '{}',
  photo bytea,
  born date,
  seen timestamptz DEFAULT now(),
  opens time(0),
  active boolean NOT NULL DEFAULT true,
  ratio double precision DEFAULT 0.5,
  address inet,
  UNIQUE (name, balance)
);
COMMENT ON TABLE customer IS 'who buys; it''s told';
COMMENT ON COLUMN customer.name IS 'as on the card';

CREATE TABLE "order" (
  customer_id bigint NOT NULL REFERENCES customer (id) ON UPDATE CASCADE,
  number integer NOT NULL,
  note text,
  PRIMARY KEY (customer_id, number)
);
CREATE TABLE order_line (
  id serial PRIMARY KEY,
  customer_id bigint,
  number integer,
  qty smallint NOT NULL CONSTRAINT few CHECK (qty BETWEEN 1 AND 99),
  FOREIGN KEY (customer_id, number) REFERENCES "order" (customer_id, number) ON DELETE CASCADE
);
CREATE TABLE shop.customer (id integer PRIMARY KEY, "select" text, "Mixed Case" text);
CREATE TABLE measure (day date NOT NULL, value real) PARTITION BY RANGE (day);
CREATE TABLE measure_2026 PARTITION OF measure FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE booking (room integer, during tsrange, EXCLUDE USING gist (during WITH &&));
CREATE TABLE log (line text, at timestamp DEFAULT CURRENT_TIMESTAMP);

CREATE INDEX by_balance ON customer (balance DESC NULLS LAST) WHERE balance > 0;
CREATE UNIQUE INDEX by_lower ON customer (lower(name), parent);
CREATE UNIQUE INDEX one_active ON customer (born) WHERE active;
CREATE INDEX by_tags ON customer USING gin (tags);
CREATE INDEX by_words ON "order" USING gin (to_tsvector('english', note));
CREATE INDEX by_number ON "order" (number) INCLUDE (note);

CREATE VIEW rich AS
  SELECT c.id, c.name, o.number
  FROM customer c JOIN "order" o ON o.customer_id = c.id WHERE c.balance > 100;
CREATE VIEW top AS
  SELECT r.name, count(l.id) AS lines
  FROM rich r LEFT JOIN order_line l ON l.number = r.number GROUP BY r.name;
CREATE VIEW tagged AS SELECT c.id, t.tag FROM customer c, unnest(c.tags) AS t(tag);

CREATE FUNCTION log_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO log (line) VALUES (NEW.name);
  RETURN NEW;
END $$;
CREATE TRIGGER customer_log AFTER INSERT ON customer FOR EACH ROW EXECUTE FUNCTION log_customer();
CREATE FUNCTION notify_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('orders', NEW.number::text);
  RETURN NEW;
END $$;
CREATE TRIGGER order_notify AFTER INSERT ON "order" FOR EACH ROW EXECUTE FUNCTION notify_all();
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n';
CREATE PROCEDURE forget() LANGUAGE sql AS 'DELETE FROM log';
INSERT INTO customer (name, key) VALUES ('x', '00000000-0000-4000-8000-000000000001');
