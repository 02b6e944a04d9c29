-- Schema copy of files/postgres_everything for postgres.
-- Triggers of tables. Run after the data, so that they do not fire for it.

CREATE TRIGGER customer_log AFTER INSERT ON public.customer FOR EACH ROW EXECUTE FUNCTION log_customer();

CREATE TRIGGER order_notify AFTER INSERT ON public."order" FOR EACH ROW EXECUTE FUNCTION notify_all();
