ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

CREATE TABLE customer (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL DEFAULT 'it''s' COMMENT 'as on the card',
  `full name` VARCHAR(90) GENERATED ALWAYS AS (concat(name, '!')) STORED,
  feeling ENUM('sad', 'it''s ok', 'happy') DEFAULT 'happy',
  likes SET('red', 'green'),
  balance DECIMAL(10,2) CHECK (balance >= 0),
  parent BIGINT UNSIGNED,
  code CHAR(3) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
  details JSON,
  photo MEDIUMBLOB,
  born DATE,
  founded YEAR,
  seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  opens TIME,
  active TINYINT(1) NOT NULL DEFAULT 1,
  small TINYINT UNSIGNED ZEROFILL,
  flags BIT(12),
  ratio DOUBLE DEFAULT 0.5,
  UNIQUE KEY name_balance (name, balance),
  CONSTRAINT customer_parent FOREIGN KEY (parent) REFERENCES customer (id) ON DELETE SET NULL
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
  COMMENT='who buys; it''s told';
CREATE TABLE `order` (
  customer_id BIGINT UNSIGNED NOT NULL,
  number INT NOT NULL,
  note TEXT,
  PRIMARY KEY (customer_id, number),
  KEY by_note (note(10)),
  FULLTEXT KEY by_words (note),
  CONSTRAINT order_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE order_line (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id BIGINT UNSIGNED,
  number INT,
  qty SMALLINT NOT NULL,
  CONSTRAINT few CHECK (qty BETWEEN 1 AND 99),
  KEY by_order (customer_id, number),
  CONSTRAINT line_order FOREIGN KEY (customer_id, number)
    REFERENCES `order` (customer_id, number) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `odd ``name``` (
  `select` INT NOT NULL PRIMARY KEY, `a.b` VARCHAR(20), place POINT NOT NULL, SPATIAL KEY by_place (place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE measure (day DATE NOT NULL, value FLOAT)
  ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
  PARTITION BY RANGE (to_days(day)) (
    PARTITION p2026 VALUES LESS THAN (740000), PARTITION later VALUES LESS THAN MAXVALUE);
CREATE TABLE log (line TEXT, at DATETIME(3) DEFAULT NULL)
  ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE VIEW rich AS
  SELECT c.id, c.name, o.number
  FROM customer c JOIN `order` o ON o.customer_id = c.id WHERE c.balance > 100;
CREATE VIEW top AS
  SELECT r.name, count(l.id) AS `lines`
  FROM rich r LEFT JOIN order_line l ON l.number = r.number GROUP BY r.name;
CREATE VIEW soundly AS SELECT c.id, soundex(c.name) AS sound FROM customer c;

DELIMITER //
CREATE TRIGGER customer_log AFTER INSERT ON customer FOR EACH ROW
BEGIN
  INSERT INTO log (line) VALUES (NEW.name);
END//
CREATE TRIGGER order_wait BEFORE INSERT ON `order` FOR EACH ROW
BEGIN
  SET @last_order = NEW.number;
END//
CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n//
CREATE PROCEDURE forget() BEGIN DELETE FROM log; END//
DELIMITER ;
INSERT INTO customer (name, code, active) VALUES ('x', 'abc', 1);
