-- Schema copy of files/everything for mysql.
-- Indexes that were not copied.

-- index customer.by_lower: the expression is not translated: lower(name)
CREATE UNIQUE INDEX by_lower ON customer(lower(name), parent) -- ends in a comment
;
