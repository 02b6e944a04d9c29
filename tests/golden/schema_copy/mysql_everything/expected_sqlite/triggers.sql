-- Schema copy of files/mysql_everything for sqlite.
-- Triggers of tables. Run after the data, so that they do not fire for it.

CREATE TRIGGER "customer_log" AFTER INSERT ON "customer"
BEGIN
  INSERT INTO "log" ("line") VALUES (NEW."name");
END;

CREATE TRIGGER "customer_seen_on_update" AFTER UPDATE ON "customer"
WHEN NEW."seen" IS OLD."seen" AND (NEW."id" IS NOT OLD."id" OR NEW."name" IS NOT OLD."name" OR NEW."feeling" IS NOT OLD."feeling" OR NEW."likes" IS NOT OLD."likes" OR NEW."balance" IS NOT OLD."balance" OR NEW."parent" IS NOT OLD."parent" OR NEW."code" IS NOT OLD."code" OR NEW."details" IS NOT OLD."details" OR NEW."photo" IS NOT OLD."photo" OR NEW."born" IS NOT OLD."born" OR NEW."founded" IS NOT OLD."founded" OR NEW."opens" IS NOT OLD."opens" OR NEW."active" IS NOT OLD."active" OR NEW."small" IS NOT OLD."small" OR NEW."flags" IS NOT OLD."flags" OR NEW."ratio" IS NOT OLD."ratio")
BEGIN
  UPDATE "customer" SET "seen" = strftime('%Y-%m-%d %H:%M:%S+00:00', 'now') WHERE rowid = NEW.rowid;
END;
