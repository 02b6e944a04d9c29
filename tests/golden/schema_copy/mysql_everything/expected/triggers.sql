-- Schema copy of files/mysql_everything for mysql.
-- Triggers of tables. Run after the data, so that they do not fire for it.

DELIMITER ;;
CREATE TRIGGER `customer_log` AFTER INSERT ON `customer` FOR EACH ROW BEGIN
  INSERT INTO log (line) VALUES (NEW.name);
END;;
DELIMITER ;

DELIMITER ;;
CREATE TRIGGER `order_wait` BEFORE INSERT ON `order` FOR EACH ROW BEGIN
  SET @last_order = NEW.number;
END;;
DELIMITER ;
