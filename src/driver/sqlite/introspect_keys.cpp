#include "introspect_keys.h"

#include <string_view>
#include <utility>

#include "crossload/base/strings.h"

#include "ddl_parser.h"
#include "own_query.h"
#include "queries.h"

namespace crossload::driver::sqlite {
namespace {

// PRAGMA index_xinfo, column "cid".
constexpr std::int64_t kIsRowid = -1;
constexpr std::int64_t kIsExpression = -2;

IndexOrigin origin_of(const std::string& letter) {
  if (letter == "pk") return IndexOrigin::kPrimaryKey;
  return letter == "u" ? IndexOrigin::kUnique : IndexOrigin::kCreated;
}

void add_parts(Session& session, Index& index) {
  IndexText text = parse_create_index(index.sql);
  OwnQuery query(session, queries::kIndexParts);
  query.bind(1, index.name);
  while (query.next()) {
    IndexPart part;
    const std::size_t position = index.parts.size();
    if (query.number(0) == kIsExpression && position < text.parts.size()) {
      part.expression = std::move(text.parts[position]);
    } else if (query.number(0) == kIsRowid) {
      part.column = "rowid";
    } else {
      part.column = query.text(1);
    }
    part.descending = query.flag(2);
    if (!ascii_iequals(query.text(3), "BINARY")) part.collation = query.text(3);
    index.parts.push_back(std::move(part));
  }
  index.where_sql = std::move(text.where);
}

// The pragma and the statement tell of the same keys in the same order; where a statement was
// edited by hand so that they differ, the columns say which belongs to which.
const ForeignKey* text_of(const ForeignKey& key, std::size_t position,
                          const std::vector<ForeignKey>& texts) {
  const auto same = [&](const ForeignKey& text) {
    if (text.columns.size() != key.columns.size()) return false;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      if (!ascii_iequals(text.columns[i], key.columns[i])) return false;
    }
    return ascii_iequals(text.referenced_table.name, key.referenced_table.name);
  };
  if (position < texts.size() && same(texts[position])) return &texts[position];
  for (const ForeignKey& text : texts) {
    if (same(text)) return &text;
  }
  return nullptr;
}

}  // namespace

std::vector<Index> indexes_of(Session& session, const std::string& table) {
  std::vector<Index> indexes;
  OwnQuery query(session, queries::kIndexes);
  query.bind(1, table);
  while (query.next()) {
    Index index;
    index.name = query.text(0);
    index.unique = query.flag(1);
    index.origin = origin_of(query.text(2));
    index.sql = query.text(4);
    indexes.push_back(std::move(index));
  }
  for (Index& index : indexes) add_parts(session, index);
  return indexes;
}

std::vector<ForeignKey> foreign_keys_of(Session& session, const std::string& table,
                                        const std::vector<ForeignKey>& texts) {
  std::vector<ForeignKey> keys;
  std::int64_t last_id = -1;
  OwnQuery query(session, queries::kForeignKeys);
  query.bind(1, table);
  while (query.next()) {
    if (keys.empty() || query.number(0) != last_id) {
      last_id = query.number(0);
      keys.emplace_back();
      keys.back().table.name = table;
      keys.back().referenced_table.name = query.text(1);
      keys.back().on_update = query.text(4);
      keys.back().on_delete = query.text(5);
    }
    keys.back().columns.push_back(query.text(2));
    // Without a column list the key means the parent's primary key.
    if (!query.is_null(3)) keys.back().referenced_columns.push_back(query.text(3));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const ForeignKey* text = text_of(keys[i], i, texts);
    if (text == nullptr) continue;
    keys[i].name = text->name;
    keys[i].deferrable = text->deferrable;
    keys[i].initially_deferred = text->initially_deferred;
  }
  return keys;
}

}  // namespace crossload::driver::sqlite
