-- Schema copy of files/refused for sqlite.
-- Triggers that were not copied.

-- trigger u: it belongs to refused, which is skipped
CREATE TRIGGER u AFTER UPDATE ON refused BEGIN SELECT 1; END;
