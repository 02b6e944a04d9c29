-- Schema copy of files/everything for mysql.
-- Triggers that were not copied.

-- trigger customer_log: not translated between engines yet
DELIMITER ;;
CREATE TRIGGER customer_log AFTER INSERT ON customer WHEN new.balance > 0 BEGIN
  INSERT INTO log VALUES (CASE WHEN new.id THEN 'new; end' ELSE 'old' END);
  SELECT CASE new.id WHEN 1 THEN 2 END;
END;;
DELIMITER ;
