-- Schema copy of files/mysql_everything for mysql.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

ALTER TABLE `customer` ADD UNIQUE KEY `name_balance` (`name`,`balance`);

ALTER TABLE `customer` ADD KEY `customer_parent` (`parent`);

ALTER TABLE `odd ``name``` ADD SPATIAL KEY `by_place` (`place`);

ALTER TABLE `order` ADD KEY `by_note` (`note`(10));

ALTER TABLE `order` ADD FULLTEXT KEY `by_words` (`note`);

ALTER TABLE `order_line` ADD KEY `by_order` (`customer_id`,`number`);
