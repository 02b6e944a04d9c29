-- Schema copy of files/mysql_everything for postgres.
-- Indexes that were not copied.

-- index odd `name`.by_place: the target has the values of place as bytea, which no spatial index takes
CREATE SPATIAL INDEX `by_place` ON `odd ``name``` (`place`);
