-- Schema copy of files/everything for mysql.
-- Triggers that were not copied.

-- trigger customer_log: a query in a trigger has no translation
DELIMITER ;;
CREATE TRIGGER customer_log AFTER INSERT ON customer WHEN new.balance > 0 BEGIN
  INSERT INTO log VALUES (CASE WHEN new.id THEN 'new; end' ELSE 'old' END);
  SELECT CASE new.id WHEN 1 THEN 2 END;
END;;
DELIMITER ;

-- trigger top_insert: INSTEAD OF, which MySQL has not, has no translation
DELIMITER ;;
CREATE TRIGGER top_insert INSTEAD OF INSERT ON top BEGIN INSERT INTO log VALUES (new.name); END;;
DELIMITER ;
