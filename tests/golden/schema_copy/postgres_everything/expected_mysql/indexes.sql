-- Schema copy of files/postgres_everything for mysql.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

CREATE INDEX `by_balance` ON `customer` (`balance` DESC);

/*!80013 CREATE UNIQUE INDEX `by_lower` ON `customer` ((LOWER(`name`)), `parent`) */;

CREATE UNIQUE INDEX `customer_name_balance_key` ON `customer` (`name`, `balance`);

/*!80013 CREATE UNIQUE INDEX `one_active` ON `customer` ((CASE WHEN `active` THEN `born` END)) */;

CREATE INDEX `by_number` ON `order` (`number`);

CREATE FULLTEXT INDEX `by_words` ON `order` (`note`);
