#include "mysql_key_length.h"

#include <algorithm>
#include <optional>

#include "type_names.h"

namespace crossload::dialect {
namespace {

constexpr std::uint64_t kKeyBytes = 3'072;
constexpr std::uint64_t kMostPrefix = 255;

struct PartSize {
  bool is_text = false;                      ///< Its beginning can be taken.
  std::uint64_t unit = 1;                    ///< Bytes of a character.
  std::optional<std::uint64_t> length = {};  ///< Characters; nullopt: no limit.

  std::uint64_t bytes() const { return length ? *length * unit : kKeyBytes * 4; }
};

PartSize size_of(const MappedType& type) {
  constexpr std::uint64_t kWidestCharacter = 4;
  constexpr std::uint64_t kWidestNumber = 16;
  const std::string name = bare_name(type.type);
  const bool text = name.ends_with("char") || name.ends_with("text");
  const bool bytes = name.ends_with("binary") || name.ends_with("blob");
  PartSize size;
  if (!text && !bytes) {
    size.length = kWidestNumber;
    return size;
  }
  size.is_text = true;
  const bool one_byte = bytes || type.sql.find("CHARACTER SET ascii") != std::string::npos;
  size.unit = one_byte ? 1 : kWidestCharacter;
  const bool open_ended = name.ends_with("text") || name.ends_with("blob");
  if (!open_ended && type.type.length) {
    size.length = static_cast<std::uint64_t>(std::max<std::int64_t>(*type.type.length, 1));
  }
  return size;
}

class Fitter {
 public:
  Fitter(const MadeTable& table, const Index& index, const TargetTraits& target)
      : table_(table), index_(index), target_(target) {}

  MysqlKeyFit run() {
    for (const IndexPart& part : index_.parts) add(part);
    if (!fit_.problem.empty()) return fit_;
    std::uint64_t bytes = 0;
    bool open_ended = false;
    for (const PartSize& size : sizes_) {
      bytes += size.bytes();
      open_ended |= !size.length.has_value();
    }
    if (bytes <= kKeyBytes && !open_ended) return fit_;
    if (!index_.unique) {
      cut();
    } else if (!target_.mariadb) {
      fit_.problem = "a unique key of MySQL takes texts of 3072 bytes together";
    }
    return fit_;
  }

 private:
  void add(const IndexPart& part) {
    fit_.prefixes.push_back(
        static_cast<std::uint64_t>(std::max(part.prefix_length.value_or(0), 0)));
    if (part.column.empty()) {
      sizes_.push_back({.length = 16});
      return;
    }
    const MappedType& type = table_.types[table_.place_of(part.column)];
    const std::string name = bare_name(type.type);
    if (type.type.kind == TypeKind::kSpatial) {
      fit_.problem = "MySQL has only spatial indexes over geometries, as " + part.column;
    } else if (name == "json" && !target_.mariadb) {
      fit_.problem = "MySQL has no index over a JSON column, as " + part.column;
    }
    PartSize size = size_of(type);
    if (name == "json") size = {.is_text = true, .unit = 4};
    if (part.prefix_length) size.length = fit_.prefixes.back();
    sizes_.push_back(size);
  }

  /// The texts share what the others leave.
  void cut() {
    std::uint64_t others = 0;
    std::uint64_t texts = 0;
    for (const PartSize& size : sizes_) {
      if (size.is_text) {
        ++texts;
      } else {
        others += size.bytes();
      }
    }
    if (texts == 0 || others >= kKeyBytes) {
      fit_.problem = "it passes the 3072 bytes of a key of MySQL";
      return;
    }
    const std::uint64_t share = (kKeyBytes - others) / texts;
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      const PartSize& size = sizes_[i];
      if (!size.is_text || (size.length && size.bytes() <= share)) continue;
      fit_.prefixes[i] = std::max<std::uint64_t>(std::min(share / size.unit, kMostPrefix), 1);
    }
  }

  const MadeTable& table_;
  const Index& index_;
  const TargetTraits& target_;
  std::vector<PartSize> sizes_;
  MysqlKeyFit fit_;
};

}  // namespace

MysqlKeyFit fit_mysql_key(const MadeTable& table, const Index& index, const TargetTraits& target) {
  return Fitter(table, index, target).run();
}

}  // namespace crossload::dialect
