-- Schema copy of files/mysql_everything for mysql.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `rich` AS select `c`.`id` AS `id`,`c`.`name` AS `name`,`o`.`number` AS `number` from (`customer` `c` join `order` `o` on(`o`.`customer_id` = `c`.`id`)) where `c`.`balance` > 100;

CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `soundly` AS select `c`.`id` AS `id`,soundex(`c`.`name`) AS `sound` from `customer` `c`;

CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `top` AS select `r`.`name` AS `name`,count(`l`.`id`) AS `lines` from (`rich` `r` left join `order_line` `l` on(`l`.`number` = `r`.`number`)) group by `r`.`name`;
