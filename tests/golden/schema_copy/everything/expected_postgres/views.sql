-- Schema copy of files/everything for postgres.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE VIEW "rich" AS
SELECT "id", "name" FROM "customer" WHERE "balance" > 100;

CREATE VIEW "top" AS
SELECT "rich"."id", "rich"."name" FROM "rich";

CREATE FUNCTION "top_top_insert"() RETURNS trigger LANGUAGE plpgsql AS $trigger$
BEGIN
  INSERT INTO "log" ("line") VALUES (NEW."name");
  RETURN NEW;
END
$trigger$;

CREATE TRIGGER "top_insert" INSTEAD OF INSERT ON "top" FOR EACH ROW EXECUTE FUNCTION "top_top_insert"();

-- view stale is not made: the table nowhere, which the target will not have, has no translation
-- CREATE VIEW stale AS SELECT missing FROM nowhere
