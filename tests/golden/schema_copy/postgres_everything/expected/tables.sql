-- Schema copy of files/postgres_everything for postgres.
-- Tables with their keys and constraints. Run first.

CREATE SCHEMA IF NOT EXISTS "shop";

CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');

CREATE DOMAIN "positive" AS numeric(10,2) CONSTRAINT positive_check CHECK (VALUE > 0::numeric);

CREATE SEQUENCE "order_line_id_seq" AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1 NO CYCLE;

CREATE SEQUENCE "ticket" AS bigint INCREMENT BY 5 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100 CACHE 1 NO CYCLE;

SET check_function_bodies = off;

CREATE PROCEDURE public.forget()
 LANGUAGE sql
AS $procedure$DELETE FROM log$procedure$
;

CREATE FUNCTION public.log_customer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO log (line) VALUES (NEW.name);
  RETURN NEW;
END $function$
;

CREATE FUNCTION public.notify_all()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('orders', NEW.number::text);
  RETURN NEW;
END $function$
;

CREATE FUNCTION public.twice(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT 2 * n$function$
;

CREATE TABLE "booking" (
  "room" integer,
  "during" tsrange
);

CREATE TABLE "customer" (
  "id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "customer_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE),
  "name" character varying(80) NOT NULL DEFAULT 'it''s'::character varying,
  "full name" text GENERATED ALWAYS AS (name::text || '!'::text) STORED,
  "feeling" mood DEFAULT 'happy'::mood,
  "balance" numeric(10,2),
  "worth" positive,
  "parent" bigint,
  "key" uuid NOT NULL,
  "tags" text[],
  "details" jsonb DEFAULT '{}'::jsonb,
  "photo" bytea,
  "born" date,
  "seen" timestamp with time zone DEFAULT now(),
  "opens" time(0) without time zone,
  "active" boolean NOT NULL DEFAULT true,
  "ratio" double precision DEFAULT 0.5,
  "address" inet,
  CONSTRAINT "customer_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "customer_balance_check" CHECK (balance >= 0::numeric)
);

COMMENT ON TABLE "customer" IS 'who buys; it''s told';

COMMENT ON COLUMN "customer"."name" IS 'as on the card';

CREATE TABLE "log" (
  "line" text,
  "at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "measure" (
  "day" date NOT NULL,
  "value" real
) PARTITION BY RANGE (day);

CREATE TABLE "order" (
  "customer_id" bigint NOT NULL,
  "number" integer NOT NULL,
  "note" text,
  CONSTRAINT "order_pkey" PRIMARY KEY ("customer_id", "number")
);

CREATE TABLE "order_line" (
  "id" integer NOT NULL DEFAULT nextval('"order_line_id_seq"'::regclass),
  "customer_id" bigint,
  "number" integer,
  "qty" smallint NOT NULL,
  CONSTRAINT "order_line_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "few" CHECK (qty >= 1 AND qty <= 99)
);

ALTER SEQUENCE "order_line_id_seq" OWNED BY "order_line"."id";

CREATE TABLE "shop"."customer" (
  "id" integer NOT NULL,
  "select" text,
  "Mixed Case" text,
  CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "measure_2026" PARTITION OF "measure" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
