-- Schema copy of files/mysql_everything for postgres.
-- Foreign keys. Run after the data.

ALTER TABLE "customer" ADD CONSTRAINT "customer_parent" FOREIGN KEY ("parent") REFERENCES "customer" ("id") ON DELETE SET NULL ON UPDATE RESTRICT;

ALTER TABLE "order" ADD CONSTRAINT "order_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "order_line" ADD CONSTRAINT "line_order" FOREIGN KEY ("customer_id", "number") REFERENCES "order" ("customer_id", "number") ON DELETE CASCADE ON UPDATE RESTRICT;
