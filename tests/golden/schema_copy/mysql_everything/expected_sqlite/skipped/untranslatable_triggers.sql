-- Schema copy of files/mysql_everything for sqlite.
-- Triggers that were not copied.

-- trigger order_wait: SET of a variable has no translation
CREATE DEFINER=`root`@`localhost` TRIGGER `order_wait` BEFORE INSERT ON `order` FOR EACH ROW BEGIN
  SET @last_order = NEW.number;
END;
