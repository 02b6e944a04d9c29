-- Schema copy of files/everything for mysql.
-- Indexes. Run after tables.sql; loading is faster when it is run after the data.

CREATE UNIQUE INDEX `customer_name_balance_key` ON `customer` (`name`, `balance`);

CREATE INDEX `by_balance` ON `customer` (`balance` DESC);

/*!80013 CREATE UNIQUE INDEX `by_lower` ON `customer` ((LOWER(`name`)), `parent`) */;
