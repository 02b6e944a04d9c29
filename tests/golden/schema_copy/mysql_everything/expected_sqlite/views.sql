-- Schema copy of files/mysql_everything for sqlite.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE VIEW "rich" AS
SELECT "c"."id", "c"."name", "o"."number" FROM "customer" AS "c" JOIN "order" AS "o" ON "o"."customer_id" = "c"."id" WHERE CAST("c"."balance" AS NUMERIC) > 100;

CREATE VIEW "top" AS
SELECT "r"."name", COUNT("l"."id") AS "lines" FROM "rich" AS "r" LEFT JOIN "order_line" AS "l" ON "l"."number" = "r"."number" GROUP BY "r"."name";

-- view soundly is not made: the function soundex() has no translation
-- CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `soundly` AS select `c`.`id` AS `id`,soundex(`c`.`name`) AS `sound` from `customer` `c`
