#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

#include "trigger_tree.h"

namespace crossload::dialect {
namespace {

using Kind = TriggerStatementKind;

std::string upper_event(SqlParser& parser) {
  for (const auto& [lower, upper] : {std::pair<std::string_view, const char*>{"insert", "INSERT"},
                                     {"update", "UPDATE"},
                                     {"delete", "DELETE"}}) {
    if (parser.take_word(lower)) return upper;
  }
  parser.refuse_word();
}

TriggerStatement raise(std::string message) {
  TriggerStatement made;
  made.kind = Kind::kRaise;
  made.message = std::move(message);
  return made;
}

TriggerStatement if_of(ExprPtr condition, TriggerBody body) {
  TriggerStatement made;
  made.kind = Kind::kIf;
  made.branches.emplace_back(std::move(condition), std::move(body));
  return made;
}

/// RAISE(ABORT, 'message') of SQLite, as an expression.
bool is_raise(const Expr& expr) {
  return expr.kind == ExprKind::kCall && expr.text == "raise";
}

class TriggerReader {
 public:
  TriggerReader(Engine engine, std::string_view sql) : parser_(engine, sql) {}

  TriggerTree run(std::string_view routine) {
    head();
    if (engine() == Engine::kPostgres) {
      postgres_tail(routine);
    } else if (engine() == Engine::kSqlite) {
      sqlite_tail();
    } else {
      mysql_tail();
    }
    parser_.expect_end();
    return std::move(tree_);
  }

 private:
  Engine engine() const { return parser_.engine(); }

  void head() {
    while (!parser_.at_word("trigger")) {
      if (parser_.at_end()) parser_.refuse_word();
      if (parser_.at_word("constraint")) parser_.refuse("CONSTRAINT TRIGGER");
      parser_.skip();
    }
    parser_.skip();
    parser_.take_words({"if", "not", "exists"});
    parser_.table_name();
    tree_.timing = "BEFORE";
    if (parser_.take_word("after")) {
      tree_.timing = "AFTER";
    } else if (parser_.take_words({"instead", "of"})) {
      tree_.timing = "INSTEAD OF";
    } else {
      parser_.take_word("before");
    }
    do {
      tree_.events.push_back(upper_event(parser_));
      if (parser_.take_word("of")) {
        do {
          tree_.of.push_back(parser_.expect_name());
        } while (parser_.take_symbol(","));
      }
    } while (parser_.take_word("or"));
    parser_.expect_word("on");
    parser_.table_name();
  }

  void sqlite_tail() {
    parser_.take_words({"for", "each", "row"});
    if (parser_.take_word("when")) tree_.when = parser_.expression();
    parser_.expect_word("begin");
    while (!parser_.take_word("end")) {
      tree_.body.push_back(sqlite_statement());
      parser_.expect_symbol(";");
    }
  }

  TriggerStatement sqlite_statement() {
    if (!parser_.at_word("select")) return read_change(parser_);
    // A SELECT does something only by RAISE().
    const SelectPtr select = parser_.select();
    const bool plain = select->arms.empty() && select->values.empty() && !select->from &&
                       select->items.size() == 1 && select->group_by.empty() && !select->having;
    if (!plain) parser_.refuse("a query in a trigger");
    ExprPtr value = std::move(select->items[0].expr);
    TriggerStatement made = raising(std::move(value));
    if (!select->where) return made;
    TriggerBody body;
    body.push_back(std::move(made));
    return if_of(std::move(select->where), std::move(body));
  }

  TriggerStatement raising(ExprPtr value) {
    if (is_raise(*value)) {
      const bool known = value->args.size() == 2 && value->args[1]->kind == ExprKind::kString &&
                         value->args[0]->kind == ExprKind::kColumn;
      if (!known) parser_.refuse("RAISE(IGNORE)");
      return raise(value->args[1]->text);
    }
    if (value->kind != ExprKind::kCase || value->has_operand) {
      parser_.refuse("a query in a trigger");
    }
    TriggerStatement made;
    made.kind = Kind::kIf;
    for (std::size_t i = 0; i + 1 < value->args.size(); i += 2) {
      TriggerBody body;
      body.push_back(raising(std::move(value->args[i + 1])));
      made.branches.emplace_back(std::move(value->args[i]), std::move(body));
    }
    if (value->has_else) parser_.refuse("ELSE beside RAISE()");
    return made;
  }

  void mysql_tail() {
    parser_.take_words({"for", "each", "row"});
    if (parser_.at_word("follows") || parser_.at_word("precedes")) {
      parser_.skip();
      parser_.expect_name();
    }
    if (!parser_.take_word("begin")) {
      tree_.body.push_back(mysql_statement());
      return;
    }
    while (parser_.take_word("declare")) declaration();
    while (parser_.at_word("set") && is_variable(parser_.word(1).text)) {
      parser_.skip();
      do {
        assignment();
      } while (parser_.take_symbol(","));
      parser_.expect_symbol(";");
    }
    tree_.body = mysql_statements();
    parser_.expect_word("end");
  }

  bool is_variable(std::string_view name) const {
    return std::any_of(tree_.variables.begin(), tree_.variables.end(),
                       [&](const TriggerVariable& each) { return ascii_iequals(each.name, name); });
  }

  /// a, b INT DEFAULT 0;
  void declaration() {
    std::vector<std::string> names;
    do {
      names.push_back(parser_.expect_name());
    } while (parser_.take_symbol(","));
    for (const char* word : {"cursor", "condition", "handler", "constant", "alias"}) {
      if (parser_.at_word(word)) parser_.refuse("DECLARE ... " + parser_.word().text);
    }
    const CastType type = parser_.cast_type();
    const bool has_value =
        parser_.take_word("default") || parser_.take_symbol(":=") || parser_.take_symbol("=");
    if (has_value && names.size() > 1) parser_.refuse("DECLARE of several with a value");
    ExprPtr value = has_value ? parser_.expression() : nullptr;
    for (const std::string& name : names) {
      TriggerVariable variable;
      variable.name = name;
      variable.type = type;
      variable.value = value ? std::move(value) : make_expr(ExprKind::kNull);
      tree_.variables.push_back(std::move(variable));
    }
    parser_.expect_symbol(";");
  }

  /// The value of a variable before anything else is done; it comes last, so that its value may
  /// name the others, and none of them has named it.
  void assignment() {
    const std::string name = parser_.expect_name();
    const auto found =
        std::find_if(tree_.variables.begin(), tree_.variables.end(),
                     [&](const TriggerVariable& each) { return ascii_iequals(each.name, name); });
    if (found == tree_.variables.end()) parser_.refuse("SET of a variable");
    if (!parser_.take_symbol(":=")) parser_.expect_symbol("=");
    TriggerVariable variable = std::move(*found);
    tree_.variables.erase(found);
    variable.value = parser_.expression();
    tree_.variables.push_back(std::move(variable));
  }

  TriggerBody mysql_statements() {
    TriggerBody body;
    while (!parser_.at_word("end") && !parser_.at_word("elseif") && !parser_.at_word("else")) {
      body.push_back(mysql_statement());
      parser_.expect_symbol(";");
    }
    return body;
  }

  TriggerStatement mysql_statement() {
    for (const char* word : {"insert", "replace", "update", "delete"}) {
      if (parser_.at_word(word)) return read_change(parser_);
    }
    if (parser_.take_word("set")) return mysql_set();
    if (parser_.take_word("if")) return if_statement("elseif", [&] { return mysql_statements(); });
    if (parser_.take_words({"signal", "sqlstate"})) {
      parser_.take_word("value");
      parser_.expect_name();
      parser_.expect_word("set");
      parser_.expect_word("message_text");
      parser_.expect_symbol("=");
      if (parser_.word().kind != WordKind::kString) parser_.refuse("a message that is no constant");
      std::string message = parser_.word().text;
      parser_.skip();
      return raise(std::move(message));
    }
    parser_.refuse_word();
  }

  TriggerStatement mysql_set() {
    TriggerStatement made;
    do {
      if (!parser_.take_word("new")) parser_.refuse("SET of a variable");
      parser_.expect_symbol(".");
      std::string column = parser_.expect_name();
      if (!parser_.take_symbol(":=")) parser_.expect_symbol("=");
      made.sets.emplace_back(std::move(column), parser_.expression());
    } while (parser_.take_symbol(","));
    return made;
  }

  template <typename Statements>
  TriggerStatement if_statement(std::string_view else_if, const Statements& statements) {
    TriggerStatement made;
    made.kind = Kind::kIf;
    do {
      ExprPtr condition = parser_.expression();
      parser_.expect_word("then");
      made.branches.emplace_back(std::move(condition), statements());
    } while (parser_.take_word(else_if));
    if (parser_.take_word("else")) made.branches.emplace_back(nullptr, statements());
    parser_.expect_word("end");
    parser_.expect_word("if");
    return made;
  }

  void postgres_tail(std::string_view routine) {
    while (!parser_.take_words({"for", "each"})) {
      if (parser_.at_end()) parser_.refuse("FOR EACH STATEMENT");
      if (parser_.at_word("referencing")) parser_.refuse("REFERENCING");
      parser_.skip();
    }
    if (!parser_.take_word("row")) parser_.refuse("FOR EACH STATEMENT");
    if (parser_.take_word("when")) {
      parser_.expect_symbol("(");
      tree_.when = parser_.expression();
      parser_.expect_symbol(")");
    }
    parser_.expect_word("execute");
    if (!parser_.take_word("function")) parser_.expect_word("procedure");
    parser_.table_name();
    parser_.expect_symbol("(");
    if (!parser_.at_symbol(")")) parser_.refuse("arguments of a trigger's function");
    parser_.expect_symbol(")");
    tree_.body = plpgsql(routine);
  }

  TriggerBody plpgsql(std::string_view routine) {
    SqlParser head(Engine::kPostgres, routine);
    std::string body;
    bool is_plpgsql = false;
    while (!head.at_end()) {
      if (head.take_word("language")) is_plpgsql = head.at_word("plpgsql");
      if (head.at_word("as") && head.word(1).kind == WordKind::kString) body = head.word(1).text;
      head.skip();
    }
    if (!is_plpgsql || body.empty()) parser_.refuse("a function that is not in PL/pgSQL");
    SqlParser outer = std::exchange(parser_, SqlParser(Engine::kPostgres, body));
    if (parser_.take_word("declare")) {
      while (!parser_.at_word("begin")) declaration();
    }
    parser_.expect_word("begin");
    while (is_variable(parser_.word().text) &&
           (parser_.at_symbol(":=", 1) || parser_.at_symbol("=", 1))) {
      assignment();
      parser_.expect_symbol(";");
    }
    TriggerBody statements = plpgsql_statements();
    parser_.expect_word("end");
    parser_.expect_end();
    parser_ = std::move(outer);
    return statements;
  }

  TriggerBody plpgsql_statements() {
    TriggerBody body;
    while (!at_branch_end()) {
      if (parser_.take_word("return")) {
        returned_row();
        ++returns_;
        ended_by_return_ = true;
        return body;
      }
      if (parser_.take_word("null")) {
        parser_.expect_symbol(";");
        continue;
      }
      const int before = returns_;
      body.push_back(plpgsql_statement());
      parser_.expect_symbol(";");
      if (returns_ == before || parser_.at_word("return") || at_branch_end()) continue;
      // Where the branches of an IF have returned, what follows is its ELSE.
      if (!all_returned_) parser_.refuse("RETURN before the end");
      TriggerBody rest = plpgsql_statements();
      body.back().branches.emplace_back(nullptr, std::move(rest));
      return body;
    }
    ended_by_return_ = false;
    return body;
  }

  bool at_branch_end() const {
    return parser_.at_word("end") || parser_.at_word("elsif") || parser_.at_word("elseif") ||
           parser_.at_word("else");
  }

  /// What stands behind a RETURN is not reached; before the change, the wrong row would undo it.
  void returned_row() {
    const bool before = tree_.timing == "BEFORE";
    const bool deletes =
        std::find(tree_.events.begin(), tree_.events.end(), "DELETE") != tree_.events.end();
    if (parser_.take_word("new")) {
      if (before && deletes) parser_.refuse("RETURN NEW where rows are deleted");
    } else if (parser_.take_word("old")) {
      if (before && (!deletes || tree_.events.size() > 1)) {
        parser_.refuse("RETURN OLD where rows are changed");
      }
    } else {
      parser_.expect_word("null");
      if (tree_.timing != "AFTER") parser_.refuse("RETURN NULL of a trigger before the change");
    }
    parser_.expect_symbol(";");
    if (!at_branch_end()) parser_.refuse("RETURN before the end");
  }

  TriggerStatement plpgsql_statement() {
    if (parser_.at_word("insert") || parser_.at_word("update") || parser_.at_word("delete")) {
      return read_change(parser_);
    }
    if (parser_.take_word("if")) {
      bool all = true;
      TriggerStatement made = if_statement("elsif", [&] {
        TriggerBody body = plpgsql_statements();
        all = all && ended_by_return_;
        return body;
      });
      all_returned_ = all && made.branches.back().first != nullptr;
      return made;
    }
    if (parser_.take_words({"raise", "exception"})) {
      if (parser_.word().kind != WordKind::kString) parser_.refuse("RAISE");
      std::string message = parser_.word().text;
      parser_.skip();
      if (!parser_.at_symbol(";")) parser_.refuse("RAISE with values");
      return raise(std::move(message));
    }
    if (parser_.take_word("new")) {
      TriggerStatement made;
      parser_.expect_symbol(".");
      std::string column = parser_.expect_name();
      if (!parser_.take_symbol(":=")) parser_.expect_symbol("=");
      made.sets.emplace_back(std::move(column), parser_.expression());
      return made;
    }
    parser_.refuse_word();
  }

  SqlParser parser_;
  TriggerTree tree_;
  int returns_ = 0;
  bool ended_by_return_ = false;
  bool all_returned_ = false;  ///< Of the last IF, which has no ELSE.
};

/// TG_OP = 'INSERT', or the other way round; nullopt for anything else.
std::optional<bool> asks_for_event(const Expr& expr, const std::string& event) {
  const bool compares = expr.kind == ExprKind::kBinary && (expr.text == "=" || expr.text == "<>");
  if (compares) {
    const Expr* name = expr.args[0].get();
    const Expr* text = expr.args[1].get();
    if (name->kind == ExprKind::kString) std::swap(name, text);
    const bool known = name->kind == ExprKind::kColumn && name->path.size() == 1 &&
                       ascii_iequals(name->path[0], "tg_op") && text->kind == ExprKind::kString;
    if (!known) return std::nullopt;
    return (text->text == event) == (expr.text == "=");
  }
  if (expr.kind == ExprKind::kBinary && (expr.text == "AND" || expr.text == "OR")) {
    const auto left = asks_for_event(*expr.args[0], event);
    const auto right = asks_for_event(*expr.args[1], event);
    const bool decides = expr.text == "OR";
    if (left && right) return decides ? *left || *right : *left && *right;
    if ((left && *left == decides) || (right && *right == decides)) return decides;
    return std::nullopt;
  }
  return std::nullopt;
}

/// The side of AND or OR that the event has decided goes away.
ExprPtr without_event(ExprPtr expr, const std::string& event) {
  const bool joins = expr->kind == ExprKind::kBinary && (expr->text == "AND" || expr->text == "OR");
  if (!joins) return expr;
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    if (!asks_for_event(*expr->args[side], event)) continue;
    ExprPtr other = std::move(expr->args[1 - side]);
    return without_event(std::move(other), event);
  }
  for (ExprPtr& each : expr->args) each = without_event(std::move(each), event);
  return expr;
}

}  // namespace

TriggerTree read_trigger(Engine engine, std::string_view sql, std::string_view routine) {
  return TriggerReader(engine, sql).run(routine);
}

TriggerBody body_for_event(TriggerBody body, const std::string& event) {
  TriggerBody made;
  for (TriggerStatement& statement : body) {
    if (statement.kind != Kind::kIf) {
      made.push_back(std::move(statement));
      continue;
    }
    TriggerStatement kept;
    kept.kind = Kind::kIf;
    for (auto& [condition, inner] : statement.branches) {
      const auto decided =
          condition ? asks_for_event(*condition, event) : std::optional<bool>(true);
      if (decided && !*decided) continue;
      ExprPtr left = decided ? nullptr : without_event(std::move(condition), event);
      kept.branches.emplace_back(std::move(left), body_for_event(std::move(inner), event));
      if (decided) break;
    }
    if (kept.branches.empty()) continue;
    if (kept.branches[0].first) {
      made.push_back(std::move(kept));
    } else {
      for (TriggerStatement& each : kept.branches[0].second) made.push_back(std::move(each));
    }
  }
  return made;
}

TableName trigger_function(std::string_view sql) {
  SqlParser parser(Engine::kPostgres, sql);
  while (!parser.at_end()) {
    if (parser.take_word("execute")) {
      if (!parser.take_word("function")) parser.expect_word("procedure");
      return parser.table_name();
    }
    parser.skip();
  }
  return {};
}

}  // namespace crossload::dialect
