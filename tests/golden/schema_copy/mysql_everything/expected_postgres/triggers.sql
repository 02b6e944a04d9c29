-- Schema copy of files/mysql_everything for postgres.
-- Triggers of tables. Run after the data, so that they do not fire for it.

CREATE FUNCTION "customer_customer_log"() RETURNS trigger LANGUAGE plpgsql AS $trigger$
BEGIN
  INSERT INTO "log" ("line") VALUES (NEW."name");
  RETURN NULL;
END
$trigger$;

CREATE TRIGGER "customer_log" AFTER INSERT ON "customer" FOR EACH ROW EXECUTE FUNCTION "customer_customer_log"();

CREATE FUNCTION "customer_seen_on_update"() RETURNS trigger LANGUAGE plpgsql AS $trigger$
BEGIN
  IF NEW."seen" IS NOT DISTINCT FROM OLD."seen"
      AND (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."feeling" IS DISTINCT FROM OLD."feeling" OR NEW."likes" IS DISTINCT FROM OLD."likes" OR NEW."balance" IS DISTINCT FROM OLD."balance" OR NEW."parent" IS DISTINCT FROM OLD."parent" OR NEW."code" IS DISTINCT FROM OLD."code" OR CAST(NEW."details" AS text) IS DISTINCT FROM CAST(OLD."details" AS text) OR NEW."photo" IS DISTINCT FROM OLD."photo" OR NEW."born" IS DISTINCT FROM OLD."born" OR NEW."founded" IS DISTINCT FROM OLD."founded" OR NEW."opens" IS DISTINCT FROM OLD."opens" OR NEW."active" IS DISTINCT FROM OLD."active" OR NEW."small" IS DISTINCT FROM OLD."small" OR NEW."flags" IS DISTINCT FROM OLD."flags" OR NEW."ratio" IS DISTINCT FROM OLD."ratio") THEN
    NEW."seen" := CURRENT_TIMESTAMP(0);
  END IF;
  RETURN NEW;
END
$trigger$;

CREATE TRIGGER "seen_on_update" BEFORE UPDATE ON "customer" FOR EACH ROW EXECUTE FUNCTION "customer_seen_on_update"();
