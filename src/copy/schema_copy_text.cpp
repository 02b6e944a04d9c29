#include "schema_copy_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

namespace crossload::copy {
namespace {

using dialect::SchemaItem;
using dialect::SkippedItem;

constexpr auto kFixedSkippedFiles =
    std::to_array<std::string_view>({"skipped/stored_procedures.sql", "skipped/functions.sql",
                                     "skipped/untranslatable_triggers.sql"});

constexpr auto kOptionalSkippedFiles =
    std::to_array<std::string_view>({"skipped/tables.sql", "skipped/indexes.sql"});

// MySQL's own sessions refuse such a default, MariaDB's take it.
constexpr std::string_view kTakeZeroDates =
    "SET SESSION sql_mode = REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_ZERO_DATE', ''), "
    "'NO_ZERO_IN_DATE', '')";

class SqlFile {
 public:
  SqlFile(Engine engine, const std::string& source_name, std::string_view subject)
      : dialect_(dialect::dialect_for(engine)) {
    comment("Schema copy of " + source_name + " for " + std::string(to_string(engine)) + ".");
    comment(subject);
  }

  void comment(std::string_view text) { text_ += "-- " + one_line(text) + "\n"; }
  void setting(std::string_view why, std::string_view sql) {
    text_ += "\n";
    comment(why);
    text_ += dialect_.terminated(sql) + "\n";
  }
  void statements(const std::vector<const SchemaItem*>& items) {
    if (items.empty()) comment("There are none.");
    for (const SchemaItem* item : items) text_ += "\n" + dialect_.terminated(item->sql) + "\n";
  }
  void skipped(const std::vector<const SkippedItem*>& items) {
    if (items.empty()) comment("There are none.");
    for (const SkippedItem* item : items) {
      text_ += "\n";
      comment(item->type + " " + item->name + ": " + item->reason);
      if (!item->sql.empty()) text_ += dialect_.terminated(item->sql) + "\n";
    }
  }
  /// Text that does not run, each line a comment.
  void commented(const SkippedItem& item) {
    text_ += "\n";
    comment(item.type + " " + item.name + " is not made: " + item.reason);
    for (const std::string& line : split(item.sql, '\n')) comment(line);
  }
  std::string take() { return std::move(text_); }

 private:
  const dialect::Dialect& dialect_;
  std::string text_;
};

std::vector<const SchemaItem*> pointers(const std::vector<SchemaItem>& items) {
  std::vector<const SchemaItem*> result;
  for (const SchemaItem& item : items) result.push_back(&item);
  return result;
}

bool is_on_view(const SchemaItem& trigger, const std::vector<SchemaItem>& views) {
  return std::any_of(views.begin(), views.end(), [&](const SchemaItem& view) {
    return view.type == "view" && ascii_iequals(view.name, trigger.table.display());
  });
}

std::string_view skipped_subject(std::string_view file) {
  if (file == "skipped/stored_procedures.sql") return "Stored procedures that were not copied.";
  if (file == "skipped/functions.sql") return "Functions that were not copied.";
  if (file == "skipped/untranslatable_triggers.sql") return "Triggers that were not copied.";
  if (file == "skipped/indexes.sql") return "Indexes that were not copied.";
  return "Tables and other objects that were not copied.";
}

class SqlFiles {
 public:
  SqlFiles(const dialect::SchemaScript& script, Engine target, const std::string& source_name)
      : script_(script), target_(target), source_name_(source_name) {}

  std::vector<SchemaCopyText> run() {
    add("tables.sql", "Tables with their keys and constraints. Run first.",
        pointers(script_.tables));
    add("indexes.sql",
        "Indexes. Run after tables.sql; loading is faster when it is run after the data.",
        pointers(script_.indexes));
    add_foreign_keys();
    add_triggers_and_views();
    for (const std::string_view name : kFixedSkippedFiles) add_skipped(name, true);
    for (const std::string_view name : kOptionalSkippedFiles) add_skipped(name, false);
    return std::move(files_);
  }

 private:
  SqlFile file(std::string_view subject) const { return {target_, source_name_, subject}; }

  /// Every statement that makes or changes a table looks at its defaults.
  bool has_zero_dates() const {
    return target_ == Engine::kMysql &&
           std::any_of(script_.tables.begin(), script_.tables.end(), [](const SchemaItem& item) {
             return item.sql.find("DEFAULT '0000-00-00") != std::string::npos;
           });
  }

  void add(std::string name, std::string_view subject,
           const std::vector<const SchemaItem*>& items) {
    SqlFile made = file(subject);
    if (has_zero_dates() && !items.empty()) {
      made.setting("Columns have '0000-00-00' as their default.", kTakeZeroDates);
    }
    made.statements(items);
    files_.push_back({std::move(name), made.take()});
  }

  void add_foreign_keys() {
    if (target_ != Engine::kSqlite) {
      add("foreign_keys.sql", "Foreign keys. Run after the data.", pointers(script_.foreign_keys));
      return;
    }
    SqlFile made = file("SQLite cannot add foreign keys to a table: they stand in tables.sql.");
    files_.push_back({"foreign_keys.sql", made.take()});
  }

  // A view's triggers need the view, which stands in the file that is run after triggers.sql.
  void add_triggers_and_views() {
    std::vector<const SchemaItem*> of_tables;
    std::vector<const SchemaItem*> views = pointers(script_.views);
    for (const SchemaItem& trigger : script_.triggers) {
      (is_on_view(trigger, script_.views) ? views : of_tables).push_back(&trigger);
    }
    add("triggers.sql", "Triggers of tables. Run after the data, so that they do not fire for it.",
        of_tables);
    SqlFile made = file("Views, each after those it reads, then what hangs on them. Run last.");
    made.statements(views);
    for (const SkippedItem& item : script_.skipped) {
      if (item.file == "views.sql") made.commented(item);
    }
    files_.push_back({"views.sql", made.take()});
  }

  void add_skipped(std::string_view name, bool always) {
    std::vector<const SkippedItem*> items;
    for (const SkippedItem& item : script_.skipped) {
      if (item.file == name) items.push_back(&item);
    }
    if (items.empty() && !always) return;
    SqlFile made = file(skipped_subject(name));
    made.skipped(items);
    files_.push_back({std::string(name), made.take()});
  }

  const dialect::SchemaScript& script_;
  Engine target_;
  const std::string& source_name_;
  std::vector<SchemaCopyText> files_;
};

}  // namespace

std::string one_line(std::string_view text) {
  std::string line = utf8_lossy(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return line;
}

std::vector<std::string> optional_sql_files() {
  return {kOptionalSkippedFiles.begin(), kOptionalSkippedFiles.end()};
}

std::vector<SchemaCopyText> sql_files(const dialect::SchemaScript& script, Engine target,
                                      const std::string& source_name) {
  return SqlFiles(script, target, source_name).run();
}

}  // namespace crossload::copy
