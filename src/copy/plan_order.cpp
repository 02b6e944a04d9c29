#include "plan_order.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "crossload/base/strings.h"

namespace crossload::copy {
namespace {

std::string folded(const TableName& name) {
  return ascii_lower(name.display());
}

/// For each table the places of its parents.
std::vector<std::set<std::size_t>> parents_of(const std::vector<const Table*>& tables) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < tables.size(); ++i) places[folded(tables[i]->name)] = i;
  std::vector<std::set<std::size_t>> parents(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const ForeignKey& key : tables[i]->foreign_keys) {
      const auto found = places.find(folded(key.referenced_table));
      if (found != places.end() && found->second != i) parents[i].insert(found->second);
    }
  }
  return parents;
}

/// The first table without a parent still to come; in a cycle the one that lacks the fewest.
std::size_t next_table(const std::vector<std::set<std::size_t>>& parents,
                       const std::vector<bool>& placed) {
  std::size_t best = placed.size();
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (placed[i]) continue;
    if (parents[i].empty()) return i;
    if (best == placed.size() || parents[i].size() < parents[best].size()) best = i;
  }
  return best;
}

}  // namespace

std::vector<const Table*> parents_first(const std::vector<const Table*>& tables) {
  std::vector<std::set<std::size_t>> parents = parents_of(tables);
  std::vector<std::vector<std::size_t>> children(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const std::size_t parent : parents[i]) children[parent].push_back(i);
  }
  std::vector<bool> placed(tables.size(), false);
  std::vector<const Table*> ordered;
  while (ordered.size() < tables.size()) {
    const std::size_t next = next_table(parents, placed);
    placed[next] = true;
    ordered.push_back(tables[next]);
    for (const std::size_t child : children[next]) parents[child].erase(next);
  }
  return ordered;
}

}  // namespace crossload::copy
