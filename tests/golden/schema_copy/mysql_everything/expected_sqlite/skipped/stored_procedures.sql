-- Schema copy of files/mysql_everything for sqlite.
-- Stored procedures that were not copied.

-- stored_procedure forget: routines are not translated between engines
CREATE DEFINER=`root`@`localhost` PROCEDURE `forget`()
BEGIN DELETE FROM log; END;
