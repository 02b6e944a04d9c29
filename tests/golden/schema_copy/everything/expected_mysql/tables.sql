-- Schema copy of files/everything for mysql.
-- Tables with their keys and constraints. Run first.

CREATE TABLE `broken` (
  `a` decimal(10,2),
  `b` varchar(768)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `customer` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `name` varchar(384) NOT NULL DEFAULT 'it''s',
  `full name` longtext GENERATED ALWAYS AS (CONCAT(`name`, '!')) VIRTUAL,
  `balance` decimal(10,2),
  `parent` bigint,
  PRIMARY KEY (`id`),
  CHECK (`balance` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `log` (
  `line` longtext
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `odd | ``name``
# *with* a line` (
  `a|b` longtext,
  `<c>` longtext,
  `_d_` bigint
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `order` (
  `customer_id` bigint NOT NULL,
  `number` bigint NOT NULL,
  `note` longtext,
  PRIMARY KEY (`customer_id`, `number`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;

CREATE TABLE `order_line` (
  `customer_id` bigint,
  `number` bigint,
  `qty` bigint NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 COLLATE utf8mb4_nopad_bin */;
