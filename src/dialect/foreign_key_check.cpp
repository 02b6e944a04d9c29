#include "foreign_key_check.h"

#include <algorithm>
#include <vector>

#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
  for (std::string& name : a) name = ascii_lower(name);
  for (std::string& name : b) name = ascii_lower(name);
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

std::string_view collation_name(std::string_view collation) {
  return collation.empty() ? "BINARY" : collation;
}

// A unique index counts when it is whole, over columns only, with the columns' own collations.
bool is_key_over(const Table& table, const Index& index, const std::vector<std::string>& columns) {
  if (!index.unique || !index.where_sql.empty()) return false;
  std::vector<std::string> covered;
  for (const IndexPart& part : index.parts) {
    const Column* column = table.find_column(part.column);
    if (column == nullptr) return false;
    if (!ascii_iequals(collation_name(part.collation), collation_name(column->collation))) {
      return false;
    }
    covered.push_back(part.column);
  }
  return same_columns(covered, columns);
}

}  // namespace

std::string foreign_key_problem(const Schema& schema, const ForeignKey& key) {
  const std::string& name = key.referenced_table.name;
  const Table* parent = schema.find_table({"", name});
  if (parent == nullptr) {
    const bool is_view =
        std::any_of(schema.views.begin(), schema.views.end(),
                    [&](const View& view) { return ascii_iequals(view.name.name, name); });
    return is_view ? "refers to view " + name + ", and only a table can be referred to"
                   : "refers to table " + name + ", which the source does not have";
  }
  const std::vector<std::string>& columns =
      key.referenced_columns.empty() ? parent->primary_key : key.referenced_columns;
  for (const std::string& column : columns) {
    if (parent->find_column(column) == nullptr) {
      return "refers to column " + column + " of " + name + ", which does not exist";
    }
  }
  if (columns.size() != key.columns.size()) {
    return "has " + std::to_string(key.columns.size()) + " columns, the primary key of " + name +
           " has " + std::to_string(columns.size());
  }
  const bool unique =
      same_columns(columns, parent->primary_key) ||
      std::any_of(parent->indexes.begin(), parent->indexes.end(),
                  [&](const Index& index) { return is_key_over(*parent, index, columns); });
  if (unique) return {};
  return "refers to " + name + "(" + join(columns, ", ") +
         "), which is neither its primary key nor covered by a unique index: SQLite reports "
         "\"foreign "
         "key mismatch\" where foreign keys are enforced";
}

}  // namespace crossload::dialect
