#include "saved_keys.h"

#include <string>

#include "bracket.h"
#include "queries.h"
#include "relation.h"
#include "result_rows.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

std::string saved_keys(const Session& session) {
  return session.qualified({"", kSavedKeysTable});
}

std::string create_table(const Session& session) {
  return "CREATE TABLE IF NOT EXISTS " + saved_keys(session) +
         " (table_schema text NOT NULL, table_name text NOT NULL, key_name text NOT NULL, "
         "definition text NOT NULL, partitioned boolean NOT NULL, "
         "PRIMARY KEY (table_schema, table_name, key_name))";
}

// The columns of kKeyDefinitions, which are those of the table that keeps them.
std::string table_of(const Row& row) {
  return quote(row.text(0)) + "." + quote(row.text(1));
}

void drop_key(Session& session, const Row& row) {
  session.ask(
      "INSERT INTO " + saved_keys(session) + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      {row.string(0), row.string(1), row.string(2), row.string(3), row.string(4)});
  session.run("ALTER TABLE " + table_of(row) + " DROP CONSTRAINT " + quote(row.text(2)));
}

void restore_key(Session& session, const Row& row) {
  Bracket transaction(session, Bracket::Kind::kTransaction);
  session.ask("DELETE FROM " + saved_keys(session) +
                  " WHERE table_schema = $1 AND table_name = $2 AND key_name = $3",
              {row.string(0), row.string(1), row.string(2)});
  session.run("ALTER TABLE " + table_of(row) + " ADD CONSTRAINT " + quote(row.text(2)) + " " +
              row.string(3) + (row.flag(4) ? "" : " NOT VALID"));
  transaction.keep();
}

}  // namespace

void drop_keys(Session& session, const TableName& table, KeySide side) {
  const ResultHandle keys =
      session.ask(queries::kKeyDefinitions,
                  {session.qualified(table), side == KeySide::kBoth ? "true" : "false"});
  if (PQntuples(keys.get()) == 0) return;
  Bracket transaction(
      session, session.in_transaction() ? Bracket::Kind::kSavepoint : Bracket::Kind::kTransaction);
  try {
    session.run(create_table(session));
    for (const Row row : rows_of(keys)) drop_key(session, row);
  } catch (Error& error) {
    if (error.code() == ErrorCode::kAccessDenied) {
      error.suggest(
          "GRANT SET ON PARAMETER session_replication_role to the user, or make it the "
          "owner of the tables: foreign keys must not act while rows are loaded");
    }
    throw;
  }
  transaction.keep();
}

std::vector<FkProblem> restore_keys(Session& session) {
  const ResultHandle there =
      session.ask("SELECT pg_catalog.to_regclass($1) IS NOT NULL", {saved_keys(session)});
  if (!(*rows_of(there).begin()).flag(0)) return {};
  const ResultHandle keys = session.run("SELECT * FROM " + saved_keys(session));
  std::vector<FkProblem> problems;
  for (const Row row : rows_of(keys)) {
    try {
      restore_key(session, row);
    } catch (const Error& error) {
      if (!error.statements_fault()) throw;
      problems.push_back({model_name(session, row.string(0), row.string(1)),
                          {},
                          "the key " + row.string(2) + ", " + row.string(3) +
                              ", cannot be made again: " + error.message()});
    }
  }
  if (problems.empty()) session.run("DROP TABLE " + saved_keys(session));
  return problems;
}

}  // namespace crossload::driver::postgres
