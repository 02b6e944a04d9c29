-- Schema copy of files/postgres_everything for sqlite.
-- Functions that were not copied.

-- function twice: routines are not translated between engines
CREATE OR REPLACE FUNCTION public.twice(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT 2 * n$function$
;
