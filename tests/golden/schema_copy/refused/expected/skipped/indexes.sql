-- Schema copy of files/refused for sqlite.
-- Indexes that were not copied.

-- index by_b: it belongs to refused, which is skipped
CREATE INDEX by_b ON refused(b);

-- index by_a: no such collation sequence: no_such_collation
CREATE INDEX by_a ON t(a COLLATE no_such_collation);
