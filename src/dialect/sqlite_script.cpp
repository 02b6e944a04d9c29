#include "sqlite_script.h"

#include <algorithm>
#include <set>

#include "crossload/base/strings.h"

#include "foreign_key_check.h"
#include "lexer.h"
#include "references.h"
#include "split.h"

namespace crossload::dialect {
namespace {

// Tables of SQLite itself (sqlite_sequence, sqlite_stat1) are made by SQLite, never by statements.
bool is_internal(const std::string& name) {
  constexpr std::string_view kPrefix = "sqlite_";
  return ascii_iequals(std::string_view(name).substr(0, kPrefix.size()), kPrefix);
}

// The sqlite3 shell reads CR LF as LF. Between words that changes nothing, inside quotes it does.
bool has_quoted_crlf(const std::string& sql) {
  if (sql.find("\r\n") == std::string::npos) return false;
  Lexer lexer(Engine::kSqlite, sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    const bool quoted = token.kind == TokenKind::kString || token.kind == TokenKind::kQuotedName;
    if (quoted && token.text.find("\r\n") != std::string_view::npos) return true;
  }
  return false;
}

// sqlite_schema can be edited by hand; SQLite itself only looks at the first statement of a text.
bool is_one_create_statement(const std::string& sql) {
  if (!Lexer(Engine::kSqlite, sql).next().is_word("create")) return false;
  return split_script(Engine::kSqlite, sql).size() == 1;
}

class SqliteScript {
 public:
  SqliteScript(const Schema& source, const ScriptOptions& options)
      : source_(source), options_(options) {
    for (const TableName& name : options.present) available_.insert(ascii_lower(name.name));
    for (const Table& table : source.tables) {
      if (is_chosen(table)) {
        chosen_.push_back(&table);
        available_.insert(ascii_lower(table.name.name));
      }
    }
  }

  SchemaScript run() {
    add_tables(TableKind::kTable);
    // Some modules look at ordinary tables when theirs is made.
    add_tables(TableKind::kVirtual);
    // Views before triggers, which may use them.
    if (options_.views) {
      for (const View& view : source_.views) visit(view);
    }
    for (const Table* table : chosen_) add_parts(*table);
    for (const View* view : made_views_) add_triggers(view->triggers);
    return std::move(script_);
  }

 private:
  bool is_named(const TableName& name) const {
    return std::any_of(
        options_.tables.begin(), options_.tables.end(),
        [&](const TableName& wanted) { return ascii_iequals(wanted.name, name.name); });
  }

  bool is_chosen(const Table& table) const {
    if (is_internal(table.name.name)) return false;
    if (options_.tables.empty() || is_named(table.name)) return true;
    if (table.kind == TableKind::kShadow) return is_named({table.name.schema, table.shadow_of});
    if (table.kind != TableKind::kVirtual) return false;
    return std::any_of(source_.tables.begin(), source_.tables.end(), [&](const Table& other) {
      return other.kind == TableKind::kShadow && is_named(other.name) &&
             ascii_iequals(other.shadow_of, table.name.name);
    });
  }

  // Shadow tables come with their virtual table.
  void add_tables(TableKind kind) {
    for (const Table* table : chosen_) {
      if (table->kind == kind) {
        add(script_.tables, {"table", table->name.display(), table->name, table->sql});
      }
    }
  }

  void add_parts(const Table& table) {
    for (const Index& index : table.indexes) {
      // Those behind keys and unique constraints come with their table.
      if (index.origin == IndexOrigin::kCreated) {
        add(script_.indexes, {"index", index.name, table.name, index.sql});
      }
    }
    if (table.kind == TableKind::kTable) {
      for (const ForeignKey& key : table.foreign_keys) check(table, key);
    }
    add_triggers(table.triggers);
  }

  void check(const Table& table, const ForeignKey& key) {
    const std::string name = table.name.display() + "(" + join(key.columns, ", ") + ")";
    const std::string parent = key.referenced_table.name;
    const std::string problem = foreign_key_problem(source_, key);
    if (!problem.empty()) {
      script_.warnings.push_back({"foreign_key", name, problem});
    } else if (!available_.contains(ascii_lower(parent))) {
      script_.warnings.push_back({"foreign_key", name,
                                  "refers to table " + parent +
                                      ", which is not among the chosen tables: until the target "
                                      "has it, SQLite refuses rows "
                                      "here wherever foreign keys are enforced"});
    }
  }

  void add_triggers(const std::vector<Trigger>& triggers) {
    for (const Trigger& trigger : triggers) {
      for (const std::string& name : referenced_tables(Engine::kSqlite, trigger.sql)) {
        if (!is_missing(name)) continue;
        script_.warnings.push_back(
            {"trigger", trigger.name,
             "uses " + name +
                 ", which is not among the chosen tables: until the target has it, statements that "
                 "fire this trigger fail"});
      }
      add(script_.triggers, {"trigger", trigger.name, trigger.table, trigger.sql});
    }
  }

  /// The source has it, the copy will not. What the source lacks too is left as it is.
  bool is_missing(const std::string& name) const {
    if (available_.contains(ascii_lower(name)) || is_internal(name)) return false;
    return source_.find_table({"", name}) != nullptr || find_view(name) != nullptr;
  }

  const View* find_view(const std::string& name) const {
    const auto found =
        std::find_if(source_.views.begin(), source_.views.end(),
                     [&](const View& view) { return ascii_iequals(view.name.name, name); });
    return found == source_.views.end() ? nullptr : &*found;
  }

  // Depth first, so that a view follows the views it reads.
  void visit(const View& view) {
    if (!visited_.insert(ascii_lower(view.name.name)).second) return;
    // There until shown otherwise: SQLite takes views that read each other in a circle.
    available_.insert(ascii_lower(view.name.name));
    const std::vector<std::string> needed = referenced_tables(Engine::kSqlite, view.sql);
    for (const std::string& name : needed) {
      if (const View* other = find_view(name)) visit(*other);
    }
    for (const std::string& name : needed) {
      if (is_missing(name)) {
        available_.erase(ascii_lower(view.name.name));
        skip(view, "needs " + name + ", which is not among the chosen tables");
        return;
      }
    }
    made_views_.push_back(&view);
    add(script_.views, {"view", view.name.display(), {}, view.sql});
  }

  void skip(const View& view, const std::string& reason) {
    script_.warnings.push_back({"view", view.name.display(), "left out: it " + reason});
    script_.skipped.push_back(
        {"view", view.name.display(), reason, view.sql, skipped_file("view")});
    for (const Trigger& trigger : view.triggers) {
      script_.skipped.push_back({"trigger", trigger.name,
                                 "its view " + view.name.display() + " is left out", trigger.sql,
                                 skipped_file("trigger")});
    }
  }

  void add(std::vector<SchemaItem>& items, SchemaItem item) {
    if (!is_one_create_statement(item.sql)) {
      const std::string reason = "its text in sqlite_schema is not one CREATE statement";
      script_.warnings.push_back({item.type, item.name, "left out: " + reason});
      script_.skipped.push_back({item.type, item.name, reason, item.sql, skipped_file(item.type)});
      return;
    }
    if (has_quoted_crlf(item.sql)) {
      script_.warnings.push_back({item.type, item.name,
                                  "a quoted text in its definition holds a CR LF line end: the "
                                  "sqlite3 shell would make it "
                                  "LF; run the file with execute-sql to keep it"});
    }
    items.push_back(std::move(item));
  }

  const Schema& source_;
  const ScriptOptions& options_;
  std::vector<const Table*> chosen_;
  std::set<std::string> available_;  ///< Lower case: what the target will have.
  std::set<std::string> visited_;    ///< Views.
  std::vector<const View*> made_views_;
  SchemaScript script_;
};

}  // namespace

SchemaScript sqlite_to_sqlite(const Schema& source, const ScriptOptions& options) {
  return SqliteScript(source, options).run();
}

}  // namespace crossload::dialect
