#include "key_order.h"

#include "crossload/base/strings.h"

#include "introspect.h"
#include "introspect_keys.h"

namespace crossload::driver::sqlite {
namespace {

bool covers(const Index& index, const std::vector<std::string>& key) {
  if (!index.unique || !index.where_sql.empty() || index.parts.size() != key.size()) return false;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!ascii_iequals(index.parts[i].column, key[i])) return false;
  }
  return true;
}

}  // namespace

std::vector<OrderTerm> key_order(Session& session, const ReadRequest& request) {
  std::vector<OrderTerm> order;
  if (request.key.empty()) return order;
  for (const Index& index : indexes_of(session, request.table.name)) {
    if (!covers(index, request.key)) continue;
    for (std::size_t i = 0; i < request.key.size(); ++i) {
      const IndexPart& part = index.parts[i];
      const std::string own = collation_of(session, request.table.name, part.column);
      const std::string collation = part.collation.empty() ? "BINARY" : part.collation;
      const bool same = ascii_iequals(own, collation);
      order.push_back({request.key[i], same ? std::string() : collation, part.descending});
    }
    return order;
  }
  for (const std::string& column : request.key) order.push_back({column, {}, false});
  return order;
}

}  // namespace crossload::driver::sqlite
