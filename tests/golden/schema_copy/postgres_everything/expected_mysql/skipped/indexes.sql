-- Schema copy of files/postgres_everything for mysql.
-- Indexes that were not copied.

-- index booking.booking_during_excl: an exclusion constraint, which only PostgreSQL has
ALTER TABLE public.booking ADD CONSTRAINT booking_during_excl EXCLUDE USING gist (during WITH &&);

-- index customer.by_tags: an index of PostgreSQL's method gin
CREATE INDEX by_tags ON public.customer USING gin (tags);
