-- Schema copy of files/mysql_everything for sqlite.
-- Functions that were not copied.

-- function twice: routines are not translated between engines
CREATE DEFINER=`root`@`localhost` FUNCTION `twice`(n INT) RETURNS int(11)
    DETERMINISTIC
RETURN 2 * n;
