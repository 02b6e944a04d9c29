-- Schema copy of files/postgres_everything for mysql.
-- Stored procedures that were not copied.

-- stored_procedure forget: routines are not translated between engines
CREATE OR REPLACE PROCEDURE public.forget()
 LANGUAGE sql
AS $procedure$DELETE FROM log$procedure$
;
