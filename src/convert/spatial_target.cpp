#include "spatial_target.h"

#include <bit>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

#include "column_type.h"

namespace crossload::convert {
namespace {

constexpr std::size_t kSridBytes = 4;

/// Reads what PostgreSQL prints for point, lseg, box, path and polygon: numbers between brackets
/// and commas.
bool read_numbers(std::string_view text, std::vector<double>& numbers) {
  constexpr std::string_view kBetween = "()[],;";
  numbers.clear();
  for (std::size_t at = 0; at < text.size();) {
    if (kBetween.find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(text.data() + at, end, number);
    if (failure != std::errc()) return false;
    numbers.push_back(number);
    at = static_cast<std::size_t>(stopped - text.data());
  }
  return !numbers.empty() && numbers.size() % 2 == 0;
}

void append_u32(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFFU);
}

void append_double(std::string& out, double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(bits >> shift & 0xFFU);
}

/// PostgreSQL's own geometric types as SRID 0 and WKB; other bytes are taken for that form already.
/// Source: OGC 06-103r4, 8.2 "Well-known Binary Representation for Geometry".
class SpatialTarget : public CellConversion {
 public:
  explicit SpatialTarget(const Pair& pair)
      : is_point_(declared_as(pair.from(), "point")),
        is_polygon_(declared_as(pair.from(), "polygon")) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    if (cell.kind() == CellKind::kBytes) return from_bytes(cell, problem);
    if (cell.kind() != CellKind::kText || !read_numbers(cell.bytes(), numbers_)) {
      return refuse(problem, "type", "the value is no geometry");
    }
    std::string wkb(kSridBytes, '\0');
    wkb += '\1';
    write(wkb);
    cell.batch.append_bytes(cell.to, wkb);
    return Outcome::kChanged;
  }

 private:
  enum : std::uint32_t { kPoint = 1, kLine = 2, kPolygon = 3 };

  Outcome from_bytes(const Cell& cell, Problem& problem) const {
    constexpr std::size_t kLeastBytes = kSridBytes + 5;
    if (cell.bytes().size() < kLeastBytes) {
      return refuse(problem, "type", "the bytes are no geometry with its SRID before it");
    }
    cell.append_same();
    return Outcome::kSame;
  }

  void write(std::string& wkb) {
    if (is_point_) {
      append_u32(wkb, kPoint);
    } else if (is_polygon_) {
      // A ring ends where it begins.
      numbers_.push_back(numbers_[0]);
      numbers_.push_back(numbers_[1]);
      append_u32(wkb, kPolygon);
      append_u32(wkb, 1);
    } else {
      append_u32(wkb, kLine);
    }
    if (!is_point_) append_u32(wkb, static_cast<std::uint32_t>(numbers_.size() / 2));
    for (const double number : numbers_) append_double(wkb, number);
  }

  bool is_point_;
  bool is_polygon_;
  std::vector<double> numbers_;
};

}  // namespace

std::unique_ptr<CellConversion> to_spatial(const Pair& pair) {
  if (pair.from().kind == TypeKind::kSpatial) return nullptr;
  return std::make_unique<SpatialTarget>(pair);
}

}  // namespace crossload::convert
