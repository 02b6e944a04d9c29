#include "spatial_target.h"

#include <bit>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

#include "crossload/base/strings.h"

#include "column_type.h"

namespace crossload::convert {
namespace {

constexpr std::size_t kSridBytes = 4;
constexpr std::uint32_t kWkbPoint = 1;
constexpr std::uint32_t kWkbLine = 2;
constexpr std::uint32_t kWkbPolygon = 3;

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
      append_u32(wkb, kWkbPoint);
    } else if (is_polygon_) {
      // A ring ends where it begins.
      numbers_.push_back(numbers_[0]);
      numbers_.push_back(numbers_[1]);
      append_u32(wkb, kWkbPolygon);
      append_u32(wkb, 1);
    } else {
      append_u32(wkb, kWkbLine);
    }
    if (!is_point_) append_u32(wkb, static_cast<std::uint32_t>(numbers_.size() / 2));
    for (const double number : numbers_) append_double(wkb, number);
  }

  bool is_point_;
  bool is_polygon_;
  std::vector<double> numbers_;
};

/// Reads WKB with the SRID before it.
class WkbReader {
 public:
  explicit WkbReader(std::string_view bytes) : bytes_(bytes) {}

  bool skip_srid() { return skip(kSridBytes); }
  bool read_order() {
    if (at_ >= bytes_.size() || bytes_[at_] > 1) return false;
    little_ = bytes_[at_++] == 1;
    return true;
  }
  bool read(std::uint32_t& value) {
    std::uint64_t wide = 0;
    if (!read_bytes(wide, sizeof(value))) return false;
    value = static_cast<std::uint32_t>(wide);
    return true;
  }
  bool read(double& value) {
    std::uint64_t bits = 0;
    if (!read_bytes(bits, sizeof(bits))) return false;
    value = std::bit_cast<double>(bits);
    return true;
  }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  bool skip(std::size_t count) {
    if (bytes_.size() - at_ < count) return false;
    at_ += count;
    return true;
  }
  bool read_bytes(std::uint64_t& value, std::size_t count) {
    if (bytes_.size() - at_ < count) return false;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t place = little_ ? at_ + count - 1 - i : at_ + i;
      value = value << 8 | static_cast<unsigned char>(bytes_[place]);
    }
    at_ += count;
    return true;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool little_ = true;
};

/// Points, lines of two points and polygons without holes as PostgreSQL's point, lseg and polygon.
/// These have no SRID, as what came from PostgreSQL had none.
class GeometricForm : public TextForm {
 public:
  explicit GeometricForm(const Pair& pair) : type_(pair.to().declared) {}

  Outcome text(std::string_view /*in*/, std::string& /*out*/, Problem& /*problem*/) override {
    return Outcome::kSame;
  }

  Outcome bytes(std::string_view in, std::string& out, Problem& problem) override {
    if (!write(in, out)) return refuse(problem, "type", "the geometry is no " + type_);
    return Outcome::kChanged;
  }

 private:
  bool write(std::string_view in, std::string& out) const {
    WkbReader reader(in);
    std::uint32_t kind = 0;
    std::uint32_t rings = 1;
    std::uint32_t points = 1;
    const bool has_header = reader.skip_srid() && reader.read_order() && reader.read(kind);
    if (!has_header || in.substr(0, kSridBytes) != std::string_view("\0\0\0\0", kSridBytes)) {
      return false;
    }
    const bool polygon = kind == kWkbPolygon && type_ == "polygon";
    const bool line = kind == kWkbLine && type_ == "lseg";
    if (!polygon && !line && (kind != kWkbPoint || type_ != "point")) return false;
    if (polygon && (!reader.read(rings) || rings != 1)) return false;
    if ((polygon || line) && !reader.read(points)) return false;
    if ((line && points != 2) || (polygon && points < 2)) return false;
    out = line ? "[" : polygon ? "(" : "";
    // A polygon's ring ends where it began; PostgreSQL's does not say so.
    const std::uint32_t shown_points = polygon ? points - 1 : points;
    for (std::uint32_t i = 0; i < points; ++i) {
      double x = 0;
      double y = 0;
      if (!reader.read(x) || !reader.read(y)) return false;
      if (i >= shown_points) break;
      if (i > 0) out += ',';
      out += "(" + format_double(x) + "," + format_double(y) + ")";
    }
    out += line ? "]" : polygon ? ")" : "";
    return reader.at_end();
  }

  std::string type_;
};

}  // namespace

std::unique_ptr<CellConversion> to_spatial(const Pair& pair) {
  if (pair.from().kind == TypeKind::kSpatial) return nullptr;
  return std::make_unique<SpatialTarget>(pair);
}

std::unique_ptr<CellConversion> spatial_to_geometric(const Pair& pair) {
  return text_conversion(nullptr, std::make_unique<GeometricForm>(pair), {});
}

bool is_geometric(const LogicalType& type) {
  return type.declared == "point" || type.declared == "lseg" || type.declared == "polygon";
}

}  // namespace crossload::convert
