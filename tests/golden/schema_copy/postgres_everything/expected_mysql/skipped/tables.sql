-- Schema copy of files/postgres_everything for mysql.
-- Tables and other objects that were not copied.

-- partition measure_2026: a partition; its rows are in the partitioned table

-- sequence ticket: a sequence of its own, which the target does not have
CREATE SEQUENCE "public"."ticket" AS bigint INCREMENT BY 5 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100 CACHE 1 NO CYCLE;
