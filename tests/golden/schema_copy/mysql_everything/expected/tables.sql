-- Schema copy of files/mysql_everything for mysql.
-- Tables with their keys and constraints. Run first.

CREATE TABLE `customer` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(80) NOT NULL DEFAULT 'it''s' COMMENT 'as on the card',
  `full name` varchar(90) GENERATED ALWAYS AS (concat(`name`,'!')) STORED,
  `feeling` enum('sad','it''s ok','happy') DEFAULT 'happy',
  `likes` set('red','green') DEFAULT NULL,
  `balance` decimal(10,2) DEFAULT NULL CHECK (`balance` >= 0),
  `parent` bigint(20) unsigned DEFAULT NULL,
  `code` char(3) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
  `details` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`details`)),
  `photo` mediumblob DEFAULT NULL,
  `born` date DEFAULT NULL,
  `founded` year(4) DEFAULT NULL,
  `seen` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `opens` time DEFAULT NULL,
  `active` tinyint(1) NOT NULL DEFAULT 1,
  `small` tinyint(3) unsigned zerofill DEFAULT NULL,
  `flags` bit(12) DEFAULT NULL,
  `ratio` double DEFAULT 0.5,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=8 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='who buys; it''s told';

CREATE TABLE `log` (
  `line` text DEFAULT NULL,
  `at` datetime(3) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `measure` (
  `day` date NOT NULL,
  `value` float DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
 PARTITION BY RANGE (to_days(`day`))
(PARTITION `p2026` VALUES LESS THAN (740000) ENGINE = InnoDB,
 PARTITION `later` VALUES LESS THAN MAXVALUE ENGINE = InnoDB);

CREATE TABLE `odd ``name``` (
  `select` int(11) NOT NULL,
  `a.b` varchar(20) DEFAULT NULL,
  `place` point NOT NULL,
  PRIMARY KEY (`select`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `order` (
  `customer_id` bigint(20) unsigned NOT NULL,
  `number` int(11) NOT NULL,
  `note` text DEFAULT NULL,
  PRIMARY KEY (`customer_id`,`number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `order_line` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `customer_id` bigint(20) unsigned DEFAULT NULL,
  `number` int(11) DEFAULT NULL,
  `qty` smallint(6) NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `few` CHECK (`qty` between 1 and 99)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE FUNCTION `twice`(n INT) RETURNS int(11)
    DETERMINISTIC
RETURN 2 * n;

DELIMITER ;;
CREATE PROCEDURE `forget`()
BEGIN DELETE FROM log; END;;
DELIMITER ;
