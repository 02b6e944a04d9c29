-- Schema copy of files/postgres_everything for sqlite.
-- Indexes that were not copied.

-- index booking.booking_during_excl: an exclusion constraint, which only PostgreSQL has
ALTER TABLE public.booking ADD CONSTRAINT booking_during_excl EXCLUDE USING gist (during WITH &&);

-- index customer.by_tags: an index of PostgreSQL's method gin
CREATE INDEX by_tags ON public.customer USING gin (tags);

-- index order.by_words: SQLite has full text search only in tables of its own module (FTS5)
CREATE INDEX by_words ON public."order" USING gin (to_tsvector('english'::regconfig, note));
