#include <array>
#include <utility>

#include "crossload/base/strings.h"

#include "introspect.h"
#include "queries.h"
#include "relation.h"
#include "result_rows.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

std::string qualified(const Row& row, int schema) {
  return quote(row.text(schema)) + "." + quote(row.text(schema + 1));
}

void add_views(Session& session, Schema& schema) {
  std::map<Oid, std::vector<Trigger>> triggers = triggers_of(session, std::nullopt);
  std::map<Oid, std::vector<Index>> indexes = indexes_of_views(session);
  const ResultHandle rows = session.run(queries::views());
  for (const Row row : rows_of(rows)) {
    View view;
    view.name = model_name(session, row.string(1), row.string(2));
    view.materialized = row.flag(3);
    const std::string options = row.is_null(5) ? "" : " WITH (" + row.string(5) + ")";
    view.sql = std::string("CREATE ") + (view.materialized ? "MATERIALIZED " : "") + "VIEW " +
               qualified(row, 1) + options + " AS\n" + row.string(4);
    const auto found = triggers.find(static_cast<Oid>(row.number(0)));
    if (found != triggers.end()) view.triggers = std::move(found->second);
    const auto indexed = indexes.find(static_cast<Oid>(row.number(0)));
    if (indexed != indexes.end()) view.indexes = std::move(indexed->second);
    schema.views.push_back(std::move(view));
  }
}

void add_routines(Session& session, Schema& schema) {
  const ResultHandle rows = session.run(queries::routines());
  for (const Row row : rows_of(rows)) {
    schema.routines.push_back(
        {model_name(session, row.string(0), row.string(1)), row.flag(2), row.string(3)});
  }
}

UserType enum_of(const Row& row, UserType type) {
  type.kind = UserTypeKind::kEnum;
  type.labels = row.list(3);
  std::vector<std::string> labels;
  for (const std::string& label : type.labels) labels.push_back(text_literal(label));
  type.sql = "CREATE TYPE " + qualified(row, 0) + " AS ENUM (" + join(labels, ", ") + ")";
  return type;
}

UserType domain_of(const Row& row, UserType type) {
  type.kind = UserTypeKind::kDomain;
  type.sql = "CREATE DOMAIN " + qualified(row, 0) + " AS " + row.string(4);
  for (const std::string& item : row.list(5)) type.sql += " " + item;
  return type;
}

UserType composite_of(const Row& row, UserType type) {
  type.kind = UserTypeKind::kComposite;
  type.sql = "CREATE TYPE " + qualified(row, 0) + " AS (" + join(row.list(5), ", ") + ")";
  return type;
}

UserType range_of(const Row& row, UserType type) {
  type.kind = UserTypeKind::kRange;
  type.sql = "CREATE TYPE " + qualified(row, 0) + " AS RANGE (" + join(row.list(5), ", ") + ")";
  return type;
}

void add_types(Session& session, Schema& schema) {
  const ResultHandle rows = session.run(queries::user_types());
  for (const Row row : rows_of(rows)) {
    UserType type;
    type.name = model_name(session, row.string(0), row.string(1));
    const std::string_view kind = row.text(2);
    schema.types.push_back(kind == "e"   ? enum_of(row, std::move(type))
                           : kind == "d" ? domain_of(row, std::move(type))
                           : kind == "c" ? composite_of(row, std::move(type))
                                         : range_of(row, std::move(type)));
  }
}

void add_sequences(Session& session, Schema& schema) {
  const ResultHandle rows = session.run(queries::sequences());
  for (const Row row : rows_of(rows)) {
    Sequence sequence;
    sequence.name = model_name(session, row.string(0), row.string(1));
    sequence.start = row.number(2);
    sequence.increment = row.number(3);
    if (!row.is_null(8)) sequence.last_value = row.number(8);
    if (!row.is_null(10)) {
      sequence.owner = model_name(session, row.string(9), row.string(10));
      sequence.owner_column = row.string(11);
    }
    sequence.sql = "CREATE SEQUENCE " + qualified(row, 0) + " AS " + row.string(4) +
                   " INCREMENT BY " + row.string(3) + " MINVALUE " + row.string(5) + " MAXVALUE " +
                   row.string(6) + " START WITH " + row.string(2) + " CACHE " + row.string(12) +
                   (row.flag(7) ? " CYCLE" : " NO CYCLE");
    schema.sequences.push_back(std::move(sequence));
  }
}

void add_engine_objects(Session& session, Schema& schema) {
  for (const std::string& query : queries::engine_objects(session.version())) {
    const ResultHandle rows = session.run(query);
    for (const Row row : rows_of(rows)) {
      EngineObject object;
      object.type = row.string(0);
      if (!row.is_null(4)) object.table = model_name(session, row.string(3), row.string(4));
      object.name = row.is_null(1) ? row.string(2)
                                   : model_name(session, row.string(1), row.string(2)).display();
      object.sql = row.string(5);
      schema.engine_objects.push_back(std::move(object));
    }
  }
}

}  // namespace

void add_objects(Session& session, Schema& schema) {
  add_views(session, schema);
  add_routines(session, schema);
  add_types(session, schema);
  add_sequences(session, schema);
  add_engine_objects(session, schema);
}

}  // namespace crossload::driver::postgres
