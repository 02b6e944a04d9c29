-- Schema copy of files/postgres_everything for sqlite.
-- Triggers of tables. Run after the data, so that they do not fire for it.

CREATE TRIGGER "customer_log" AFTER INSERT ON "customer"
BEGIN
  INSERT INTO "log" ("line") VALUES (NEW."name");
END;
