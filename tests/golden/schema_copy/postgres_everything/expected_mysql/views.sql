-- Schema copy of files/postgres_everything for mysql.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE VIEW `rich` AS
SELECT `c`.`id`, `c`.`name`, `o`.`number` FROM `customer` AS `c` JOIN `order` AS `o` ON `o`.`customer_id` = `c`.`id` WHERE `c`.`balance` > 100;

CREATE VIEW `top` AS
SELECT `r`.`name`, COUNT(`l`.`id`) AS `lines` FROM `rich` AS `r` LEFT JOIN `order_line` AS `l` ON `l`.`number` = `r`.`number` GROUP BY `r`.`name`;

-- view tagged is not made: LATERAL has no translation
-- CREATE VIEW "public"."tagged" AS
--  SELECT c.id,
--     t.tag
--    FROM customer c,
--     LATERAL unnest(c.tags) t(tag)
