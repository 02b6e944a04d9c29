-- Schema copy of files/everything for mysql.
-- Tables and other objects that were not copied.

-- table areas: the module of a virtual table is its engine's
CREATE VIRTUAL TABLE areas USING rtree(id, min_x, max_x);

-- table areas_node: it is the storage of a virtual table
CREATE TABLE "areas_node"(nodeno INTEGER PRIMARY KEY,data);

-- table areas_parent: it is the storage of a virtual table
CREATE TABLE "areas_parent"(nodeno INTEGER PRIMARY KEY,parentnode);

-- table areas_rowid: it is the storage of a virtual table
CREATE TABLE "areas_rowid"(rowid INTEGER PRIMARY KEY,nodeno);

-- table notes: the module of a virtual table is its engine's
CREATE VIRTUAL TABLE notes USING fts5(title, body);

-- table notes_config: it is the storage of a virtual table
CREATE TABLE 'notes_config'(k PRIMARY KEY, v) WITHOUT ROWID;

-- table notes_content: it is the storage of a virtual table
CREATE TABLE 'notes_content'(id INTEGER PRIMARY KEY, c0, c1);

-- table notes_data: it is the storage of a virtual table
CREATE TABLE 'notes_data'(id INTEGER PRIMARY KEY, block BLOB);

-- table notes_docsize: it is the storage of a virtual table
CREATE TABLE 'notes_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

-- table notes_idx: it is the storage of a virtual table
CREATE TABLE 'notes_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

-- foreign_key broken(a): it refers to customer(balance), which no unique key of the copy covers
ALTER TABLE "broken" ADD FOREIGN KEY ("a") REFERENCES "customer" ("balance");

-- foreign_key broken(b): it refers to gone, which is no table of the source
ALTER TABLE "broken" ADD FOREIGN KEY ("b") REFERENCES "gone" ("x");
