-- Schema copy of files/postgres_everything for mysql.
-- Triggers that were not copied.

-- trigger order_notify: "PERFORM" has no translation
DELIMITER ;;
CREATE OR REPLACE FUNCTION public.notify_all()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('orders', NEW.number::text);
  RETURN NEW;
END $function$
;

CREATE TRIGGER order_notify AFTER INSERT ON public."order" FOR EACH ROW EXECUTE FUNCTION notify_all();;
DELIMITER ;
