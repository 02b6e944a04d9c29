-- Schema copy of files/postgres_everything for postgres.
-- Views, each after those it reads, then what hangs on them. Run last.

CREATE VIEW "rich" AS
 SELECT c.id,
    c.name,
    o.number
   FROM (customer c
     JOIN "order" o ON ((o.customer_id = c.id)))
  WHERE (c.balance > (100)::numeric);

CREATE VIEW "top" AS
 SELECT r.name,
    count(l.id) AS lines
   FROM (rich r
     LEFT JOIN order_line l ON ((l.number = r.number)))
  GROUP BY r.name;

CREATE VIEW "tagged" AS
 SELECT c.id,
    t.tag
   FROM customer c,
    LATERAL unnest(c.tags) t(tag);
