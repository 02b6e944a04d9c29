#include "key_types.h"

#include <algorithm>

#include "crossload/base/strings.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

bool is_number(const MappedType& type) {
  return type.type.kind == TypeKind::kInteger || type.type.kind == TypeKind::kDecimal ||
         type.type.kind == TypeKind::kBoolean;
}

bool is_narrower(const MappedType& child, const MappedType& parent) {
  if (child.type.kind == TypeKind::kDecimal) return parent.type.kind != TypeKind::kDecimal;
  return child.type.kind == TypeKind::kInteger && child.type.bits > parent.type.bits;
}

/// Whether the child can be what the parent is, and has to be: texts may differ in length.
bool can_follow(const MappedType& child, const MappedType& parent, const ColumnProfile* profile) {
  const TypeKind kind = child.type.kind;
  if (kind == parent.type.kind && (kind == TypeKind::kText || kind == TypeKind::kBytes)) {
    return false;
  }
  if (profile != nullptr && profile->nulls == profile->rows) return true;
  if (is_number(child) && is_number(parent)) return true;
  const bool integers = profile != nullptr && !profile->sampled &&
                        profile->integers + profile->nulls == profile->rows;
  return integers && is_number(parent);
}

}  // namespace

std::map<std::string, MappedType> key_types(const MadeTable& table, const CopyContext& copy,
                                            const std::map<std::string, ColumnProfile>& profiles) {
  std::map<std::string, MappedType> types;
  if (copy.same_engine() || copy.target.engine == Engine::kSqlite) return types;
  for (const ForeignKey& key : table.source->foreign_keys) {
    const MadeTable* const parent = copy.find(key.referenced_table);
    if (parent == nullptr) continue;
    const auto& referenced =
        key.referenced_columns.empty() ? parent->source->primary_key : key.referenced_columns;
    for (std::size_t i = 0; i < key.columns.size() && i < referenced.size(); ++i) {
      const std::size_t child_place = table.place_of(key.columns[i]);
      const std::size_t parent_place = parent->place_of(referenced[i]);
      if (child_place == std::string::npos || parent_place == std::string::npos) continue;
      const MappedType& child = table.types[child_place];
      const MappedType& wanted = parent->types[parent_place];
      const Column& column = table.source->columns[child_place];
      if (child.sql == wanted.sql || column.identity != IdentityKind::kNone) continue;
      const auto profile = profiles.find(column.name);
      if (!can_follow(child, wanted, profile == profiles.end() ? nullptr : &profile->second)) {
        continue;
      }
      MappedType type = wanted;
      const std::string note = "as what its foreign key refers to";
      if (is_narrower(child, wanted)) {
        lossy(type, note + ": values beyond " + wanted.sql + " are rejected");
      } else {
        widened(type, note);
      }
      types[column.name] = std::move(type);
    }
  }
  return types;
}

}  // namespace crossload::dialect
