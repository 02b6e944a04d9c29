-- Schema copy of files/mysql_everything for sqlite.
-- Indexes that were not copied.

-- index odd `name`.by_place: the target has the values of place as SPATIAL_BLOB, which no spatial index takes
CREATE SPATIAL INDEX `by_place` ON `odd ``name``` (`place`);

-- index order.by_words: SQLite has full text search only in tables of its own module (FTS5)
CREATE FULLTEXT INDEX `by_words` ON `order` (`note`);
