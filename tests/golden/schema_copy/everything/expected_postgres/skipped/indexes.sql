-- Schema copy of files/everything for postgres.
-- Indexes that were not copied.

-- index customer.by_balance: the expression is not translated: balance > 0
CREATE INDEX by_balance ON customer(balance DESC) WHERE balance > 0;

-- index customer.by_lower: the expression is not translated: lower(name)
CREATE UNIQUE INDEX by_lower ON customer(lower(name), parent) -- ends in a comment
;
