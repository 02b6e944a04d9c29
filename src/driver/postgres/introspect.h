#pragma once

#include <map>
#include <vector>

#include <libpq-fe.h>

#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::postgres {

/// Tables by their numbers in the catalog, in the order of their names.
struct Introspected {
  std::vector<Oid> order;
  std::map<Oid, Table> tables;

  Table* find(std::int64_t oid) {
    const auto found = tables.find(static_cast<Oid>(oid));
    return found == tables.end() ? nullptr : &found->second;
  }
};

/// Reads tables into the model by a few statements for all of them. 0: every table of the database;
/// else the one relation, which may be a view.
Introspected introspect(Session& session, Oid relation);

/// Columns, in introspect_columns.cpp.
void add_columns(Session& session, const Parameter& relation, Introspected& result);
/// Indexes of tables, or of the one relation, in introspect_keys.cpp.
void add_indexes(Session& session, const Parameter& relation, Introspected& result);
/// Indexes of all materialized views by view, in introspect_keys.cpp.
std::map<Oid, std::vector<Index>> indexes_of_views(Session& session);
/// Primary keys, foreign keys and checks, in introspect_keys.cpp.
void add_constraints(Session& session, const Parameter& relation, Introspected& result);
/// Keys of other tables, and its own, that point at a table.
std::vector<ForeignKey> keys_pointing_at(Session& session, Oid relation);
/// Triggers of tables and views by relation, in introspect_keys.cpp.
std::map<Oid, std::vector<Trigger>> triggers_of(Session& session, const Parameter& relation);
/// What a database holds besides tables, in introspect_objects.cpp.
void add_objects(Session& session, Schema& schema);

}  // namespace crossload::driver::postgres
