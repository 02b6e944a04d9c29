#include <string>
#include <utility>

#include "trigger_tree.h"

namespace crossload::dialect {
namespace {

using Kind = TriggerStatementKind;
using Sets = std::vector<std::pair<std::string, ExprPtr>>;

Sets read_sets(SqlParser& parser) {
  Sets sets;
  do {
    if (parser.at_symbol("(")) parser.refuse("SET of a row");
    std::string column = parser.expect_name();
    if (parser.take_symbol(".")) column = parser.expect_name();
    parser.expect_symbol("=");
    sets.emplace_back(std::move(column), parser.expression());
  } while (parser.take_symbol(","));
  return sets;
}

/// INSERT, INSERT OR IGNORE, REPLACE
void read_verb(SqlParser& parser, Conflict& conflict) {
  if (parser.take_word("replace")) {
    if (parser.engine() == Engine::kPostgres) parser.refuse("REPLACE");
    conflict.kind = ConflictKind::kReplace;
  } else {
    parser.expect_word("insert");
  }
  if (parser.engine() == Engine::kSqlite && parser.take_word("or")) {
    if (parser.take_word("ignore")) {
      conflict.kind = ConflictKind::kIgnore;
      conflict.any_constraint = true;
    } else if (parser.take_word("replace")) {
      conflict.kind = ConflictKind::kReplace;
    } else if (!parser.take_word("abort")) {
      parser.refuse("INSERT OR " + parser.word().text);
    }
  }
  for (const char* word : {"ignore", "low_priority", "delayed", "high_priority", "or"}) {
    if (parser.at_word(word)) parser.refuse("INSERT " + parser.word().text);
  }
}

void read_rows(SqlParser& parser, TriggerStatement& made) {
  if (parser.at_symbol("(") && !parser.at_word("select", 1)) made.columns = parser.name_list();
  if (parser.engine() == Engine::kMysql && parser.take_word("set")) {
    made.rows.emplace_back();
    do {
      made.columns.push_back(parser.expect_name());
      parser.expect_symbol("=");
      made.rows[0].push_back(parser.expression());
    } while (parser.take_symbol(","));
    return;
  }
  if (!parser.take_word("values") && !parser.take_word("value")) {
    made.select = parser.select();
    return;
  }
  do {
    parser.expect_symbol("(");
    made.rows.emplace_back();
    do {
      made.rows.back().push_back(parser.expression());
    } while (parser.take_symbol(","));
    parser.expect_symbol(")");
  } while (parser.take_symbol(","));
}

void read_conflict(SqlParser& parser, Conflict& conflict) {
  if (parser.engine() == Engine::kMysql) {
    if (!parser.take_words({"on", "duplicate", "key", "update"})) return;
    conflict.kind = ConflictKind::kUpdate;
    conflict.sets = read_sets(parser);
    return;
  }
  if (!parser.take_words({"on", "conflict"})) return;
  if (conflict.kind != ConflictKind::kFail) parser.refuse("ON CONFLICT beside INSERT OR");
  if (parser.at_word("on")) parser.refuse("ON CONFLICT ON CONSTRAINT");
  if (parser.at_symbol("(")) conflict.key = parser.name_list();
  if (parser.at_word("where")) parser.refuse("ON CONFLICT of a partial index");
  parser.expect_word("do");
  if (parser.take_word("nothing")) {
    conflict.kind = ConflictKind::kIgnore;
  } else {
    conflict.kind = ConflictKind::kUpdate;
    parser.expect_word("update");
    parser.expect_word("set");
    conflict.sets = read_sets(parser);
    if (parser.take_word("where")) conflict.condition = parser.expression();
  }
  if (parser.at_word("on")) parser.refuse("several clauses ON CONFLICT");
}

TriggerStatement read_insert(SqlParser& parser) {
  TriggerStatement made;
  made.kind = Kind::kInsert;
  read_verb(parser, made.conflict);
  parser.take_word("into");
  made.table = parser.table_name();
  if (parser.at_word("as")) parser.refuse("INSERT with an alias");
  read_rows(parser, made);
  read_conflict(parser, made.conflict);
  if (parser.at_word("returning")) parser.refuse("RETURNING");
  return made;
}

}  // namespace

TriggerStatement read_change(SqlParser& parser) {
  if (parser.at_word("insert") || parser.at_word("replace")) return read_insert(parser);
  TriggerStatement made;
  if (parser.take_word("update")) {
    made.kind = Kind::kUpdate;
    if (parser.at_word("or") || parser.at_word("ignore")) parser.refuse("UPDATE OR");
    made.table = parser.table_name();
    parser.expect_word("set");
    made.sets = read_sets(parser);
    if (parser.at_word("from")) parser.refuse("UPDATE ... FROM");
  } else {
    parser.expect_word("delete");
    parser.expect_word("from");
    made.kind = Kind::kDelete;
    made.table = parser.table_name();
    if (parser.at_word("using")) parser.refuse("DELETE ... USING");
  }
  if (parser.take_word("where")) made.condition = parser.expression();
  if (parser.at_word("order") || parser.at_word("limit") || parser.at_word("returning")) {
    parser.refuse(parser.word().text + " of UPDATE or DELETE");
  }
  return made;
}

}  // namespace crossload::dialect
