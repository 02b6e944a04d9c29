-- Schema copy of files/postgres_everything for mysql.
-- Tables with their keys and constraints. Run first.

CREATE TABLE `booking` (
  `room` int,
  `during` longtext
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `customer` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `name` varchar(80) NOT NULL DEFAULT 'it''s' COMMENT 'as on the card',
  `full name` longtext GENERATED ALWAYS AS (CONCAT(`name`, '!')) STORED,
  `feeling` enum('sad','it''s ok','happy') DEFAULT 'happy',
  `balance` decimal(10,2),
  `worth` decimal(10,2),
  `parent` bigint,
  `key` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `tags` json,
  `details` json DEFAULT ('{}'),
  `photo` longblob,
  `born` date,
  `seen` datetime(6) DEFAULT CURRENT_TIMESTAMP(6),
  `opens` time,
  `active` tinyint(1) NOT NULL DEFAULT 1,
  `ratio` double DEFAULT 0.5,
  `address` varchar(49),
  PRIMARY KEY (`id`),
  CHECK (`balance` >= 0),
  CHECK (`worth` > 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */ COMMENT='who buys; it''s told';

CREATE TABLE `log` (
  `line` longtext,
  `at` datetime(6) DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `measure` (
  `day` date NOT NULL,
  `value` float
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `order` (
  `customer_id` bigint NOT NULL,
  `number` int NOT NULL,
  `note` longtext,
  PRIMARY KEY (`customer_id`, `number`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `order_line` (
  `id` int NOT NULL AUTO_INCREMENT,
  `customer_id` bigint,
  `number` int,
  `qty` smallint NOT NULL,
  PRIMARY KEY (`id`),
  CHECK (`qty` >= 1 AND `qty` <= 99)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `shop__customer` (
  `id` int NOT NULL,
  `select` longtext,
  `Mixed Case` longtext,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;
