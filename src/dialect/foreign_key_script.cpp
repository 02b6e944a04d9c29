#include "foreign_key_script.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"

namespace crossload::dialect {
namespace {

bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

class KeyWriter {
 public:
  KeyWriter(const MadeTable& table, const ForeignKey& key, CopyContext& copy,
            const TargetNames& names)
      : table_(table),
        key_(key),
        copy_(copy),
        names_(names),
        dialect_(dialect_for(copy.target.engine)),
        shown_(table.source->name.display() + "(" + join(key.columns, ", ") + ")") {
    if (!key.name.empty()) shown_ = table.source->name.display() + "." + key.name;
  }

  /// The constraint as it stands behind ADD, or in a table; empty where it is left out.
  std::string run() {
    const std::string why = resolve();
    if (!why.empty()) {
      copy_.warn("foreign_key", shown_, "left out: " + why);
      copy_.skip("foreign_key", shown_, why, described());
      return {};
    }
    name_ = copy_.names.give(foreign_key_space(copy_.target.engine, table_.name), wanted_name(),
                             table_.name.name);
    if (!key_.name.empty() && name_ != key_.name) {
      copy_.warn("identifier", shown_, "the foreign key is called " + name_);
    }
    return constraint();
  }

  const std::string& name() const { return name_; }
  const TableName& parent() const { return parent_; }

 private:
  bool is_target(Engine engine) const { return copy_.target.engine == engine; }

  /// Finds both sides in the target; what stands against it, or nothing.
  std::string resolve() {
    for (const std::string& column : key_.columns) {
      const std::size_t place = table_.place_of(column);
      if (place == std::string::npos) return "it is over " + column + ", which is no column";
      columns_.push_back(table_.columns[place]);
    }
    const Table* const source = copy_.source.find_table(key_.referenced_table);
    const std::string parent = key_.referenced_table.display();
    if (source == nullptr) {
      return "it refers to " + parent + ", which is no table of the source";
    }
    source_columns_ =
        key_.referenced_columns.empty() ? source->primary_key : key_.referenced_columns;
    if (source_columns_.size() != key_.columns.size()) {
      return "it has " + std::to_string(key_.columns.size()) + " columns, the primary key of " +
             parent + " has " + std::to_string(source_columns_.size());
    }
    const MadeTable* const made = copy_.find(key_.referenced_table);
    return made != nullptr ? resolve_made(*made) : resolve_present(*source);
  }

  std::string resolve_made(const MadeTable& made) {
    parent_ = made.name;
    for (std::size_t i = 0; i < source_columns_.size(); ++i) {
      const std::size_t place = made.place_of(source_columns_[i]);
      if (place == std::string::npos) {
        return "it refers to " + source_columns_[i] + ", which is no column of " +
               key_.referenced_table.display();
      }
      parent_columns_.push_back(made.columns[place]);
      const std::string why = types_differ(i, made.types[place]);
      if (!why.empty()) return why;
    }
    const auto& keys = made.unique_keys;
    if (std::find(keys.begin(), keys.end(), parent_columns_) != keys.end()) return {};
    const auto covering = std::find_if(keys.begin(), keys.end(), [&](const auto& key) {
      return same_columns(key, parent_columns_);
    });
    if (covering != keys.end()) {
      // MySQL wants them in the order of the key.
      if (is_target(Engine::kMysql) && !copy_.same_engine()) order_as(*covering);
      return {};
    }
    // MySQL itself takes any index, and so does MariaDB; it is left to the target's own settings.
    if (copy_.same_engine() && is_target(Engine::kMysql)) return {};
    return "it refers to " + key_.referenced_table.display() + "(" + join(source_columns_, ", ") +
           "), which no unique key of the copy covers";
  }

  void order_as(const std::vector<std::string>& key) {
    std::vector<std::string> ordered;
    for (const std::string& name : key) {
      const auto at = std::find(parent_columns_.begin(), parent_columns_.end(), name);
      ordered.push_back(columns_[static_cast<std::size_t>(at - parent_columns_.begin())]);
    }
    columns_ = std::move(ordered);
    parent_columns_ = key;
  }

  /// The parent is the target's own: it is taken to be as the source's.
  std::string resolve_present(const Table& source) {
    parent_ = names_(source.name);
    parent_columns_ = source_columns_;
    const auto& present = copy_.options.present;
    const bool there = std::any_of(present.begin(), present.end(), [&](const TableName& name) {
      return ascii_iequals(name.display(), parent_.display());
    });
    if (there) return {};
    return "it refers to " + source.name.display() + ", which is not among the chosen tables";
  }

  /// What both engines compare in keys: numbers with numbers, texts with texts. MySQL wants the
  /// very same integer.
  std::string types_differ(std::size_t i, const MappedType& parent) const {
    const MappedType& child = table_.types[table_.place_of(key_.columns[i])];
    if (is_target(Engine::kSqlite) || child.sql == parent.sql) return {};
    const auto is_text = [](const MappedType& type) {
      return type.type.kind == TypeKind::kText || type.type.kind == TypeKind::kEnum;
    };
    const auto is_number = [](const MappedType& type) {
      return type.type.kind == TypeKind::kInteger || type.type.kind == TypeKind::kDecimal ||
             type.type.kind == TypeKind::kBoolean;
    };
    const bool texts = is_text(child) && is_text(parent);
    const bool numbers = is_number(child) && is_number(parent);
    const bool booleans = child.type.kind == TypeKind::kBoolean;
    const bool same_kind = child.type.kind == parent.type.kind && !booleans;
    const bool fits = is_target(Engine::kPostgres) ? texts || same_kind || (numbers && !booleans)
                                                   : texts || (same_kind && !numbers);
    if (fits) return {};
    return key_.columns[i] + " is " + child.sql + " in the target and what it refers to is " +
           parent.sql;
  }

  std::string wanted_name() const {
    if (!key_.name.empty()) return key_.name;
    return table_.name.name + "_" + join(key_.columns, "_") + "_fkey";
  }

  std::string quoted(const std::vector<std::string>& names) const {
    std::string list;
    for (const std::string& name : names) {
      list += (list.empty() ? "" : ", ") + dialect_.quote(std::string_view(name));
    }
    return list;
  }

  std::string constraint() {
    const std::string named = key_.name.empty() && is_target(Engine::kSqlite)
                                  ? ""
                                  : "CONSTRAINT " + dialect_.quote(std::string_view(name_)) + " ";
    return named + "FOREIGN KEY (" + quoted(columns_) + ") REFERENCES " + dialect_.quote(parent_) +
           " (" + quoted(parent_columns_) + ")" + match() + action(" ON DELETE ", key_.on_delete) +
           action(" ON UPDATE ", key_.on_update) + deferrability();
  }

  /// SQLite and MySQL read the words and check as if they were not there.
  std::string match() {
    if (!key_.match_full) return {};
    if (copy_.same_engine()) return " MATCH FULL";
    if (key_.columns.size() > 1 && takes_null()) {
      copy_.warn("foreign_key", shown_,
                 "lets a row pass that has NULL in some of the columns: only PostgreSQL has MATCH "
                 "FULL");
    }
    return {};
  }

  std::string action(const char* when, const std::string& action) {
    // Elsewhere it is what no words mean; MariaDB prints the words where they were said.
    const bool is_said = copy_.same_engine() && is_target(Engine::kMysql);
    if (action.empty() || (!is_said && ascii_iequals(action, "NO ACTION"))) return {};
    if (action.find('(') != std::string::npos && !copy_.same_engine()) {
      copy_.warn("foreign_key", shown_,
                 "takes no action: only PostgreSQL sets some of its columns (" + action + ")");
      return {};
    }
    if (is_target(Engine::kMysql) && ascii_iequals(action, "SET DEFAULT")) {
      copy_.warn("foreign_key", shown_,
                 "MySQL has no" + std::string(when) + "SET DEFAULT: it takes no action");
      return {};
    }
    if (is_target(Engine::kMysql) && ascii_iequals(action, "SET NULL") && takes_no_null()) {
      copy_.warn("foreign_key", shown_,
                 std::string(trim(when)) +
                     " SET NULL is not kept, which MySQL refuses over columns " +
                     "that take no NULL: the statement is refused, as it was");
      return {};
    }
    return when + action;
  }

  bool takes_null() const {
    return std::any_of(key_.columns.begin(), key_.columns.end(), [&](const std::string& name) {
      const Column* const column = table_.source->find_column(name);
      return column != nullptr && column->nullable;
    });
  }

  bool takes_no_null() const {
    return std::any_of(key_.columns.begin(), key_.columns.end(), [&](const std::string& name) {
      const Column* const column = table_.source->find_column(name);
      return column != nullptr && !column->nullable;
    });
  }

  std::string deferrability() {
    if (!key_.deferrable) return {};
    if (is_target(Engine::kMysql)) {
      copy_.warn("foreign_key", shown_, "is checked at once: MySQL defers no foreign key");
      return {};
    }
    return key_.initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  }

  /// For the file of what is left out.
  std::string described() const {
    const Dialect& own = dialect_for(copy_.source.engine);
    const auto list = [&](const std::vector<std::string>& names) {
      std::string text;
      for (const std::string& name : names) text += (text.empty() ? "" : ", ") + own.quote(name);
      return text;
    };
    const std::string columns =
        key_.referenced_columns.empty() ? "" : " (" + list(key_.referenced_columns) + ")";
    return "ALTER TABLE " + own.quote(table_.source->name) + " ADD FOREIGN KEY (" +
           list(key_.columns) + ") REFERENCES " + own.quote(key_.referenced_table) + columns +
           (key_.match_full ? " MATCH FULL" : "");
  }

  const MadeTable& table_;
  const ForeignKey& key_;
  CopyContext& copy_;
  const TargetNames& names_;
  const Dialect& dialect_;
  std::string shown_;
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::string> source_columns_;
  TableName parent_;
  std::vector<std::string> parent_columns_;
};

}  // namespace

std::vector<std::string> add_foreign_keys(const MadeTable& table, CopyContext& copy,
                                          const TargetNames& names) {
  std::vector<std::string> clauses;
  const std::string quoted_table = dialect_for(copy.target.engine).quote(table.name);
  for (const ForeignKey& key : table.source->foreign_keys) {
    KeyWriter writer(table, key, copy, names);
    std::string constraint = writer.run();
    if (constraint.empty()) continue;
    if (copy.target.engine == Engine::kSqlite) {
      clauses.push_back(std::move(constraint));
      continue;
    }
    const bool unproved = !key.validated && copy.target.engine == Engine::kPostgres;
    SchemaItem item{.type = "foreign_key",
                    .name = writer.name(),
                    .table = table.name,
                    .sql = "ALTER TABLE " + quoted_table + " ADD " + constraint +
                           (unproved ? " NOT VALID" : "")};
    if (copy.target.engine == Engine::kMysql) {
      item.part = std::move(constraint);
      item.parent = writer.parent();
    }
    copy.script.foreign_keys.push_back(std::move(item));
  }
  return clauses;
}

}  // namespace crossload::dialect
