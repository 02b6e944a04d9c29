#include <algorithm>
#include <set>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "index_script.h"
#include "object_script.h"
#include "references.h"
#include "view_text.h"

namespace crossload::dialect {
namespace {

class ViewScript {
 public:
  explicit ViewScript(ObjectCopy& copy) : copy_(copy) {}

  void run() {
    for (const View& view : copy_.source.views) visit(view);
  }

 private:
  const View* find_view(const std::string& name) const {
    const auto& views = copy_.source.views;
    const auto found = std::find_if(views.begin(), views.end(), [&](const View& view) {
      return ascii_iequals(view.name.name, name);
    });
    return found == views.end() ? nullptr : &*found;
  }

  // Depth first, so that a view follows the views it reads.
  void visit(const View& view) {
    if (!visited_.insert(view.name).second) return;
    const std::vector<std::string> needed = referenced_tables(copy_.source.engine, view.sql);
    for (const std::string& name : needed) {
      const View* other = find_view(name);
      if (other != nullptr && other != &view) visit(*other);
    }
    add(view, needed);
  }

  void add(const View& view, const std::vector<std::string>& needed) {
    const std::string name = view.name.display();
    const TableName target_name = copy_.names(view.name);
    if (keeps_text() && !is_of_mysql_only(view)) {
      for (const std::string& each : needed) {
        if (is_missing(each)) {
          return skip(view, "it needs " + each + ", which the target will not have");
        }
      }
      made_.insert(view.name);
      KnownTable known;
      known.name = view.name;
      known.target_name = target_name;
      copy_.tables.add(std::move(known));
      return put(view, target_name, own_text(view, target_name));
    }
    ViewTranslation made = translate_view(view.sql, view.name, target_name, copy_.context());
    if (!made.sql) return skip(view, made.reason);
    for (const std::string& note : made.notes) copy_.warn("view", name, note);
    if (stays_materialized(view)) {
      constexpr std::string_view kCreate = "CREATE ";
      made.sql->insert(kCreate.size(), "MATERIALIZED ");
    } else if (view.materialized) {
      copy_.warn("view", name, "a materialized view becomes a view, which reads anew each time");
    }
    made_.insert(view.name);
    copy_.tables.add(std::move(made.known));
    put(view, target_name, std::move(*made.sql));
  }

  bool stays_materialized(const View& view) const {
    return view.materialized && copy_.target.engine == Engine::kPostgres;
  }

  /// The names in it are those of the target too.
  bool keeps_text() const { return copy_.same_engine() && copy_.tables.keeps_names(); }

  /// What MySQL prints of its own and MariaDB does not read.
  bool is_of_mysql_only(const View& view) const {
    return copy_.source.engine == Engine::kMysql && copy_.target.mariadb &&
           view.sql.find("regexp_like(") != std::string::npos;
  }

  /// The source has it, the copy does not.
  bool is_missing(const std::string& name) const {
    const View* view = find_view(name);
    if (view != nullptr) return !made_.contains(view->name);
    const auto& tables = copy_.source.tables;
    bool known = false;
    bool copied = false;
    for (const Table& table : tables) {
      if (!ascii_iequals(table.name.name, name)) continue;
      known = true;
      copied =
          copied || copy_.tables.find(table.name) != nullptr || !table.partition_of.name.empty();
    }
    return known && !copied;
  }

  std::string own_text(const View& view, const TableName& target_name) const {
    if (copy_.source.engine != Engine::kPostgres) return without_definer(view.sql);
    const std::string head = std::string("CREATE ") + (view.materialized ? "MATERIALIZED " : "") +
                             "VIEW " + dialect_for(Engine::kPostgres).quote(target_name);
    return head + behind_object_name(Engine::kPostgres, view.sql, "view");
  }

  void put(const View& view, const TableName& target_name, std::string sql) {
    copy_.need_schema(target_name.schema);
    copy_.script.views.push_back(
        {.type = "view", .name = target_name.display(), .table = {}, .sql = std::move(sql)});
    for (const Index& index : view.indexes) add_index(view, target_name, index);
    if (!keeps_text()) return;
    for (const Trigger& trigger : view.triggers) {
      copy_.script.triggers.push_back({.type = "trigger",
                                       .name = trigger.name,
                                       .table = target_name,
                                       .sql = without_definer(trigger.sql)});
    }
  }

  /// It stands behind its view, which comes after the indexes of tables.
  void add_index(const View& view, const TableName& target_name, const Index& index) {
    const std::string shown = view.name.display() + "." + index.name;
    if (!stays_materialized(view)) {
      return copy_.skip("index", shown, "only PostgreSQL has views with indexes", index.sql);
    }
    const std::string name =
        copy_.given.give(index_space(Engine::kPostgres, target_name), index.name, target_name.name);
    if (name != index.name) copy_.warn("identifier", shown, "the index is called " + name);
    std::string sql = renamed_postgres_index(index, name, target_name);
    if (sql.empty()) return copy_.skip("index", shown, "its text is not understood", index.sql);
    copy_.script.views.push_back(
        {.type = "index", .name = name, .table = target_name, .sql = std::move(sql)});
  }

  void skip(const View& view, const std::string& reason) {
    copy_.skip("view", view.name.display(), reason, view.sql);
    for (const Trigger& trigger : view.triggers) {
      copy_.skip("trigger", trigger.name, "its view " + view.name.display() + " is left out",
                 trigger.sql);
    }
    for (const Index& index : view.indexes) {
      copy_.skip("index", view.name.display() + "." + index.name,
                 "its view " + view.name.display() + " is left out", index.sql);
    }
  }

  ObjectCopy& copy_;
  std::set<TableName> visited_;
  std::set<TableName> made_;
};

}  // namespace

void add_views(ObjectCopy& copy) {
  ViewScript(copy).run();
}

}  // namespace crossload::dialect
