#include "routines_guard.h"

#include "crossload/base/strings.h"

#include "read_only.h"
#include "sql_tokens.h"

namespace crossload::driver::mysql {
namespace {

std::string list_of(Session& session, const std::vector<std::string>& names) {
  std::vector<std::string> literals;
  for (const std::string& name : names) literals.push_back(session.literal(name));
  return join(literals, ", ");
}

// What a stored function must not hold. Assignments to its own variables look like those to the
// session's: SET is let through for plain names only.
bool has_effect(const std::string& body) {
  const std::vector<SqlToken> tokens = tokens_of(body);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    for (const std::string_view word :
         {"insert", "update", "delete", "replace", "call", "truncate", "create", "drop", "alter",
          "handler", "prepare", "execute", "global", "session", "persist", "lock", "signal"}) {
      const bool function = i + 1 < tokens.size() && tokens[i + 1].is_symbol("(");
      if (token.is(word) && !function) return true;
    }
    const bool sets =
        token.is("set") && i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::kVariable;
    if (sets) return true;
  }
  // Also what a SELECT may not hold; its own first word does not matter.
  std::vector<SqlToken> as_select = {{TokenKind::kWord, "select"}};
  for (const SqlToken& token : tokens) {
    const bool allowed = token.is("into") || token.is_symbol(";") || token.is_symbol(":=");
    if (!allowed) as_select.push_back(token);
  }
  return !judge_read_only(as_select).refused.empty();
}

std::vector<TextRow> ask_if_allowed(Session& session, const std::string& sql) {
  try {
    return session.ask(sql);
  } catch (const Error& error) {
    // The user may not look there, and may then have no such function, or the server has no such
    // table.
    if (!error.statements_fault()) throw;
    return {};
  }
}

}  // namespace

std::string refused_function(Session& session, const std::vector<std::string>& names) {
  if (names.empty()) return {};
  const std::string list = list_of(session, names);
  const auto stored = session.ask(
      "SELECT routine_name, sql_data_access, routine_definition "
      "FROM information_schema.routines WHERE routine_type <> 'PROCEDURE' AND "
      "routine_schema <> 'sys' AND LOWER(routine_name) IN (" +
      list + ")");
  for (const TextRow& row : stored) {
    const std::string name = row[0].value_or("");
    if (row[1] == "MODIFIES SQL DATA") return "the function " + name + " modifies data";
    // Its text is hidden from those who may only call it.
    if (!row[2]) return "the function " + name + ", whose text cannot be seen";
    if (has_effect(*row[2])) return "the function " + name + " has effects";
  }
  const auto loaded =
      ask_if_allowed(session, "SELECT name FROM mysql.func WHERE LOWER(name) IN (" + list + ")");
  if (!loaded.empty()) return "the loaded function " + loaded[0][0].value_or("");
  return {};
}

}  // namespace crossload::driver::mysql
