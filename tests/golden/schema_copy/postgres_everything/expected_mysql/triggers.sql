-- Schema copy of files/postgres_everything for mysql.
-- Triggers of tables. Run after the data, so that they do not fire for it.

DELIMITER ;;
CREATE TRIGGER `customer_log` AFTER INSERT ON `customer` FOR EACH ROW
BEGIN
  INSERT INTO `log` (`line`) VALUES (NEW.`name`);
END;;
DELIMITER ;
