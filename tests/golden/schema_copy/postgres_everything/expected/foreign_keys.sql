-- Schema copy of files/postgres_everything for postgres.
-- Foreign keys. Run after the data.

ALTER TABLE "customer" ADD CONSTRAINT "customer_parent_fkey" FOREIGN KEY ("parent") REFERENCES "customer" ("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "order" ADD CONSTRAINT "order_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON UPDATE CASCADE;

ALTER TABLE "order_line" ADD CONSTRAINT "order_line_customer_id_number_fkey" FOREIGN KEY ("customer_id", "number") REFERENCES "order" ("customer_id", "number") ON DELETE CASCADE;
