#include "trigger_text.h"

#include <algorithm>
#include <set>
#include <utility>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"

#include "grouping.h"
#include "translator.h"
#include "trigger_change.h"
#include "trigger_tree.h"
#include "trigger_variables.h"

namespace crossload::dialect {
namespace {

using Kind = TriggerStatementKind;

/// A name that no column has taken from SQLite's row number.
std::string row_number_name(const KnownTable& table) {
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    const bool taken = std::any_of(
        table.columns.begin(), table.columns.end(),
        [&](const KnownColumn& column) { return ascii_iequals(column.target_name, name); });
    if (!taken) return name;
  }
  Translator::refuse("a row without a name for its number");
}

bool names_row(const Expr& expr, const KnownTable& table) {
  const std::string& name = expr.path.back();
  if (name == "rowid" || name == "_rowid_" || name == "oid") return true;
  return table.keys.size() == 1 && table.keys[0].size() == 1 &&
         ascii_iequals(table.keys[0][0], name);
}

class TriggerWriter {
 public:
  TriggerWriter(const TriggerSource& source, const TranslationContext& context)
      : source_(source), context_(context), translator_(context_), table_(*source.table) {}

  TriggerTranslation run() {
    TriggerTree tree = read_trigger(context_.source, source_.trigger->sql, source_.routine);
    if (tree.timing == "INSTEAD OF") {
      if (to() == Engine::kMysql) Translator::refuse("INSTEAD OF, which MySQL has not,");
      // What is inserted need not be what the view can give.
      for (KnownColumn& each : table_.columns) each.nullable = true;
    }
    const std::vector<std::string> events = tree.events;
    for (const std::string& event : events) {
      // Reading again is how each event gets a tree of its own.
      TriggerTree own = read_trigger(context_.source, source_.trigger->sql, source_.routine);
      event_ = event;
      own.body = body_for_event(std::move(own.body), event);
      if (own.body.empty()) continue;
      std::string name = source_.trigger->name;
      if (events.size() > 1) name += "_" + ascii_lower(event);
      name_ = fitting_identifier(name, to());
      write(own);
    }
    result_.notes = translator_.notes();
    if (result_.parts.empty()) Translator::refuse("a trigger that does nothing");
    return std::move(result_);
  }

 private:
  Engine from() const { return context_.source; }
  Engine to() const { return context_.target.engine; }

  Scope row_scope(const TriggerTree& tree) {
    Scope scope;
    if (event_ != "INSERT") scope.tables.push_back({"OLD", "", "OLD", &table_});
    if (event_ != "DELETE") scope.tables.push_back({"NEW", "", "NEW", &table_});
    add_variables(tree, translator_, scope);
    return scope;
  }

  void write(TriggerTree& tree) {
    timing_ = tree.timing;
    own_row_ = false;
    changed_.clear();
    if (context_.source == Engine::kSqlite) sets_of_own_row(tree);
    check_own_table(tree.body);
    const bool some_columns = !tree.of.empty() && event_ == "UPDATE";
    const std::string of = some_columns && to() != Engine::kMysql ? named_columns(tree.of) : "";
    if (timing_ == "INSTEAD OF") {
      if (has_sets(tree.body)) Translator::refuse("a change of NEW of a view");
      if (some_columns && to() != from()) Translator::refuse("INSTEAD OF UPDATE OF");
    }
    const Scope scope = row_scope(tree);
    std::string when = tree.when ? translator_.condition(*tree.when, scope).sql : "";
    if (some_columns && to() == Engine::kMysql) {
      when = changed_columns(tree.of) + (when.empty() ? "" : " AND (" + when + ")");
    }
    switch (to()) {
      case Engine::kSqlite:
        return write_sqlite(tree, of, when, scope);
      case Engine::kPostgres:
        return write_postgres(tree, of, when, scope);
      case Engine::kMysql:
        return write_mysql(tree, when, scope);
    }
  }

  const KnownColumn& column_of_event(const std::string& name) const {
    const KnownColumn* column = table_.find(name);
    if (column == nullptr) Translator::refuse("UPDATE OF " + name);
    return *column;
  }

  /// " OF a, b"
  std::string named_columns(const std::vector<std::string>& names) const {
    std::string list;
    for (const std::string& each : names) {
      list +=
          (list.empty() ? " OF " : ", ") + translator_.quoted(column_of_event(each).target_name);
    }
    return list;
  }

  /// MySQL does not tell which columns an UPDATE names, but which it changes.
  std::string changed_columns(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& each : names) {
      const std::string column = translator_.quoted(column_of_event(each).target_name);
      list += (list.empty() ? "" : " OR ") + ("NOT (OLD." + column) + " <=> NEW." + column + ")";
    }
    translator_.note(
        "UPDATE OF fires where one of the columns changes, not where it is set to what it was");
    return names.size() > 1 ? "(" + list + ")" : list;
  }

  /// SQLite changes the row that fires by an UPDATE of it afterwards; the others by NEW before.
  void sets_of_own_row(TriggerTree& tree) {
    const auto is_own = [&](const TriggerStatement& each) {
      return each.kind == Kind::kUpdate && ascii_iequals(each.table.name, table_.name.name);
    };
    if (tree.timing != "AFTER" || event_ == "DELETE") return;
    if (!std::all_of(tree.body.begin(), tree.body.end(), is_own)) return;
    TriggerBody body;
    for (TriggerStatement& each : tree.body) {
      ExprPtr rest;
      if (!each.condition || !takes_own_row(std::move(each.condition), rest)) {
        Translator::refuse("an UPDATE of other rows of the same table");
      }
      TriggerStatement set;
      set.sets = std::move(each.sets);
      if (rest) {
        TriggerStatement branch;
        branch.kind = Kind::kIf;
        TriggerBody inner;
        inner.push_back(std::move(set));
        branch.branches.emplace_back(std::move(rest), std::move(inner));
        body.push_back(std::move(branch));
      } else {
        body.push_back(std::move(set));
      }
    }
    tree.body = std::move(body);
    timing_ = "BEFORE";
    own_row_ = true;
  }

  /// key = NEW.key [AND rest]
  bool takes_own_row(ExprPtr condition, ExprPtr& rest) {
    if (condition->kind != ExprKind::kBinary) return false;
    if (condition->text == "AND") {
      ExprPtr right = std::move(condition->args[1]);
      if (!takes_own_row(std::move(condition->args[0]), rest)) return false;
      if (rest) {
        ExprPtr both = make_expr(ExprKind::kBinary, "AND");
        both->args.push_back(std::move(rest));
        both->args.push_back(std::move(right));
        rest = std::move(both);
      } else {
        rest = std::move(right);
      }
      return true;
    }
    if (condition->text != "=") return false;
    const Expr* left = condition->args[0].get();
    const Expr* right = condition->args[1].get();
    if (left->kind != ExprKind::kColumn || right->kind != ExprKind::kColumn) return false;
    const auto is_row = [](const Expr& each) {
      return each.path.size() == 2 &&
             (ascii_iequals(each.path[0], "new") || ascii_iequals(each.path[0], "old"));
    };
    if (is_row(*left)) std::swap(left, right);
    return !is_row(*left) && is_row(*right) && names_row(*left, table_) &&
           names_row(*right, table_);
  }

  void check_own_table(const TriggerBody& body) const {
    for (const TriggerStatement& each : body) {
      const bool changes =
          each.kind == Kind::kInsert || each.kind == Kind::kUpdate || each.kind == Kind::kDelete;
      if (changes && ascii_iequals(each.table.name, table_.name.name)) {
        Translator::refuse("a change of other rows of the same table");
      }
      if (changes) changes_.target_table(each.table);
      for (const auto& [condition, inner] : each.branches) check_own_table(inner);
    }
  }

  static const KnownColumn& column_of(const KnownTable& table, const std::string& name) {
    return ChangeWriter::column_of(table, name);
  }

  std::string assigned(const Expr& expr, const KnownColumn& column, const Scope& scope) {
    return translator_.assigned(translator_.value(expr, scope), column).sql;
  }

  std::string change_sql(const TriggerStatement& each, const Scope& rows,
                         const std::string& condition) {
    return changes_.sql(each, rows, condition);
  }

  // PostgreSQL and MySQL, which have IF.

  std::string block(const TriggerBody& body, const Scope& scope, const std::string& indent) {
    std::string text;
    for (const TriggerStatement& each : body) text += statement(each, scope, indent);
    return text;
  }

  std::string statement(const TriggerStatement& each, const Scope& scope,
                        const std::string& indent) {
    const bool mysql = to() == Engine::kMysql;
    switch (each.kind) {
      case Kind::kSetNew: {
        if (own_row_) refuse_changed(each);
        if (timing_ != "BEFORE") Translator::refuse("a change of NEW after the row is written");
        std::string text;
        for (const auto& [name, value] : each.sets) {
          const KnownColumn& column = column_of(table_, name);
          text += indent + (mysql ? "SET " : "") + "NEW." + translator_.quoted(column.target_name) +
                  (mysql ? " = " : " := ") + assigned(*value, column, set_scope(scope)) + ";\n";
        }
        return text;
      }
      case Kind::kRaise: {
        const std::string message = translator_.literal(each.message);
        if (mysql) {
          return indent + "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = " + message + ";\n";
        }
        return indent + "RAISE EXCEPTION USING MESSAGE = " + message + ";\n";
      }
      case Kind::kIf: {
        std::string text;
        for (const auto& [condition, inner] : each.branches) {
          const char* word = text.empty() ? "IF " : mysql ? "ELSEIF " : "ELSIF ";
          text += indent + (condition ? word + condition_sql(*condition, scope) + " THEN\n"
                                      : std::string("ELSE\n"));
          const std::string made = block(inner, scope, indent + "  ");
          text += made.empty() ? indent + (mysql ? "  DO 0;\n" : "  NULL;\n") : made;
        }
        return text + indent + "END IF;\n";
      }
      default:
        return indent + change_sql(each, scope, "") + ";\n";
    }
  }

  std::string condition_sql(const Expr& condition, const Scope& scope) {
    return translator_.condition(condition, set_scope(scope)).sql;
  }

  /// In SQLite's UPDATE of the row, bare names are its columns.
  Scope set_scope(const Scope& rows) const {
    if (!own_row_) return rows;
    Scope scope = rows;
    scope.tables.push_back({table_.name.name, "", "NEW", &table_});
    scope.qualifies = true;
    return scope;
  }

  void write_postgres(TriggerTree& tree, const std::string& of, const std::string& when,
                      const Scope& scope) {
    const std::string last = timing_ == "AFTER" ? "NULL" : event_ == "DELETE" ? "OLD" : "NEW";
    std::string body =
        when.empty() ? block(tree.body, scope, "  ")
                     : "  IF " + when + " THEN\n" + block(tree.body, scope, "    ") + "  END IF;\n";
    const TableName function{table_.target_name.schema,
                             fitting_identifier(table_.target_name.name + "_" + name_, to())};
    const Dialect& dialect = dialect_for(to());
    std::string tag = "$trigger$";
    while (body.find(tag) != std::string::npos) tag.insert(1, "x");
    result_.parts.push_back({function.display(), true,
                             "CREATE FUNCTION " + dialect.quote(function) +
                                 "() RETURNS trigger LANGUAGE plpgsql AS " + tag + "\nBEGIN\n" +
                                 body + "  RETURN " + last + ";\nEND\n" + tag});
    result_.parts.push_back({name_, false,
                             "CREATE TRIGGER " + translator_.quoted(name_) + " " + timing_ + " " +
                                 event_ + of + " ON " + dialect.quote(table_.target_name) +
                                 " FOR EACH ROW EXECUTE FUNCTION " + dialect.quote(function) +
                                 "()"});
  }

  void write_mysql(TriggerTree& tree, const std::string& when, const Scope& scope) {
    const std::string body =
        when.empty() ? block(tree.body, scope, "  ")
                     : "  IF " + when + " THEN\n" + block(tree.body, scope, "    ") + "  END IF;\n";
    refuse_numbers(body);
    result_.parts.push_back({name_, false,
                             "CREATE TRIGGER " + translator_.quoted(name_) + " " + timing_ + " " +
                                 event_ + " ON " + dialect_for(to()).quote(table_.target_name) +
                                 " FOR EACH ROW\nBEGIN\n" + body + "END"});
  }

  /// MySQL numbers a row after its BEFORE triggers.
  void refuse_numbers(const std::string& body) const {
    if (timing_ != "BEFORE" || event_ != "INSERT") return;
    for (const KnownColumn& column : table_.columns) {
      const bool read =
          body.find("NEW." + translator_.quoted(column.target_name)) != std::string::npos;
      if (column.numbered && read) {
        Translator::refuse("the number of a row before it is written");
      }
    }
  }

  // SQLite, which has no IF and no way to set a column of NEW.

  /// SQLite changes all columns at once: values that an earlier change has made are not there to
  /// read, and other engines would read them.
  void refuse_changed(const TriggerStatement& each) {
    const auto check = [&](const Expr& part) {
      if (part.select && !changed_.empty()) Translator::refuse("a query behind a change of NEW");
      const bool of_new = part.kind == ExprKind::kColumn &&
                          ((part.path.size() == 2 && ascii_iequals(part.path[0], "new")) ||
                           (part.path.size() == 1 && own_row_));
      if (of_new && changed_.contains(ascii_lower(part.path.back()))) {
        Translator::refuse("a value of NEW behind its change");
      }
      return true;
    };
    if (each.select && !changed_.empty()) Translator::refuse("a query behind a change of NEW");
    if (each.condition) walk(*each.condition, check);
    if (each.conflict.condition) walk(*each.conflict.condition, check);
    for (const auto& [name, value] : each.conflict.sets) walk(*value, check);
    for (const auto& row : each.rows) {
      for (const ExprPtr& value : row) walk(*value, check);
    }
    for (const auto& [condition, inner] : each.branches) {
      if (condition) walk(*condition, check);
    }
    for (const auto& [name, value] : each.sets) {
      walk(*value, check);
      if (each.kind == Kind::kSetNew) changed_.insert(ascii_lower(name));
    }
  }

  void write_sqlite(TriggerTree& tree, const std::string& of, const std::string& when,
                    const Scope& scope) {
    const bool sets = has_sets(tree.body);
    if (sets && timing_ == "BEFORE") {
      translator_.note(
          "the row is changed by an UPDATE of its own, after it is written; other triggers see it "
          "as it was given");
    }
    std::string body;
    sqlite_block(tree.body, scope, "", body);
    const std::string timing = sets ? "AFTER" : timing_;
    result_.parts.push_back(
        {name_, false,
         "CREATE TRIGGER " + translator_.quoted(name_) + " " + timing + " " + event_ + of + " ON " +
             dialect_for(to()).quote(table_.target_name) + (when.empty() ? "" : " WHEN " + when) +
             "\nBEGIN\n" + body + "END"});
  }

  static bool has_sets(const TriggerBody& body) {
    return std::any_of(body.begin(), body.end(), [](const TriggerStatement& each) {
      return each.kind == Kind::kSetNew ||
             std::any_of(each.branches.begin(), each.branches.end(),
                         [](const auto& branch) { return has_sets(branch.second); });
    });
  }

  void sqlite_block(const TriggerBody& body, const Scope& scope, const std::string& condition,
                    std::string& text) {
    for (const TriggerStatement& each : body) {
      refuse_changed(each);
      if (each.kind == Kind::kIf) {
        sqlite_if(each, scope, condition, text);
      } else if (each.kind == Kind::kRaise) {
        text += "  SELECT RAISE(ABORT, " + translator_.literal(each.message) + ")" +
                (condition.empty() ? "" : " WHERE " + condition) + ";\n";
      } else if (each.kind == Kind::kSetNew) {
        text += "  " + sqlite_set(each, scope, condition) + ";\n";
      } else {
        text += "  " + change_sql(each, scope, condition) + ";\n";
      }
    }
  }

  /// Each statement gets the conditions that lead to it.
  void sqlite_if(const TriggerStatement& each, const Scope& scope, const std::string& outer,
                 std::string& text) {
    const bool asks =
        std::any_of(each.branches.begin(), each.branches.end(),
                    [](const auto& branch) { return branch.first && has_query(*branch.first); });
    std::size_t changes = 0;
    const std::size_t all = count_statements(each.branches, changes);
    // It is asked again for each statement, and one may change the answer.
    if (asks && changes > 0 && all > 1) Translator::refuse("IF with a query around changes");
    std::string before = outer;
    const auto with = [](const std::string& a, const std::string& b) {
      return a.empty() ? b : a + " AND " + b;
    };
    for (const auto& [condition, inner] : each.branches) {
      std::string own;
      if (condition) {
        own = "(" + translator_.condition(*condition, scope).sql + ")";
      }
      sqlite_block(inner, scope, own.empty() ? before : with(before, own), text);
      if (!own.empty()) before = with(before, own + " IS NOT TRUE");
    }
  }

  using Branches = std::vector<std::pair<ExprPtr, TriggerBody>>;

  static std::size_t count_statements(const Branches& branches, std::size_t& changes) {
    std::size_t all = 0;
    for (const auto& [condition, inner] : branches) {
      for (const TriggerStatement& each : inner) {
        if (each.kind == Kind::kIf) {
          all += count_statements(each.branches, changes);
          continue;
        }
        ++all;
        if (each.kind != Kind::kRaise) ++changes;
      }
    }
    return all;
  }

  std::string sqlite_set(const TriggerStatement& each, const Scope& scope,
                         const std::string& condition) {
    std::string sets;
    for (const auto& [name, value] : each.sets) {
      const KnownColumn& column = column_of(table_, name);
      if (!column.nullable && event_ == "INSERT") {
        Translator::refuse("a value for " + name + ", which SQLite wants before its triggers run,");
      }
      sets += (sets.empty() ? "" : ", ") + translator_.quoted(column.target_name) + " = " +
              assigned(*value, column, scope);
    }
    const std::string row = row_number_name(table_);
    return "UPDATE " + dialect_for(to()).quote(table_.target_name) + " SET " + sets + " WHERE " +
           row + " = NEW." + row + (condition.empty() ? "" : " AND " + condition);
  }

  const TriggerSource& source_;
  const TranslationContext& context_;
  Translator translator_;
  ChangeWriter changes_ = ChangeWriter(translator_);
  KnownTable table_;
  std::string event_;
  std::string timing_;
  std::string name_;
  bool own_row_ = false;
  std::set<std::string> changed_;  ///< Columns of NEW, in lower case.
  TriggerTranslation result_;
};

}  // namespace

TriggerTranslation translate_trigger(const TriggerSource& source,
                                     const TranslationContext& context) {
  try {
    return TriggerWriter(source, context).run();
  } catch (const Error& error) {
    TriggerTranslation result;
    result.reason = error.message() + " has no translation";
    return result;
  }
}

}  // namespace crossload::dialect
