#include "column_profile.h"

#include <algorithm>
#include <string_view>

#include "crossload/base/strings.h"

namespace crossload::copy {
namespace {

constexpr std::uint64_t kBatchRows = 10'000;
constexpr std::size_t kBatchBytes = std::size_t{4} << 20;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether a text begins like a pattern, 'd' standing for a digit and any other character for
/// itself; what is behind it is left in `rest`.
bool begins_like(std::string_view text, std::string_view pattern, std::string_view& rest) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == 'd' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  }
  rest = text.substr(pattern.size());
  return true;
}

/// Takes hours, minutes, and seconds with a fraction where they are there.
bool take_time(std::string_view text, std::string_view& rest) {
  if (!begins_like(text, "dd:dd", rest)) return false;
  if (!begins_like(rest, ":dd", rest)) return true;
  if (rest.size() < 2 || rest.front() != '.' || !is_digit(rest[1])) return true;
  rest.remove_prefix(1);
  while (!rest.empty() && is_digit(rest.front())) rest.remove_prefix(1);
  return true;
}

bool is_zone(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return false;
  std::string_view rest;
  text.remove_prefix(1);
  return (begins_like(text, "dd:dd", rest) || begins_like(text, "dddd", rest) ||
          begins_like(text, "dd", rest)) &&
         rest.empty();
}

bool is_decimal(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const auto digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), is_digit);
  };
  return !whole.empty() && digits(whole) && digits(fraction) &&
         (point == std::string_view::npos || !fraction.empty());
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

/// Version 8 or later with the variant of NCS. Source: mariadb.com "UUID Data Type": refused since
/// 10.10.6 and 10.11.5.
bool is_odd_uuid(std::string_view text) {
  constexpr std::size_t kVersion = 14;
  constexpr std::size_t kVariant = 19;
  const bool late_version = text[kVersion] > '7';
  return late_version && text[kVariant] >= '0' && text[kVariant] <= '7';
}

void look_at_text(std::string_view text, dialect::ColumnProfile& profile) {
  ++profile.texts;
  profile.longest_text = std::max<std::uint64_t>(profile.longest_text, code_points(text));
  std::string_view rest;
  if (begins_like(text, "dddd-dd-dd", rest)) {
    if (rest.empty()) {
      ++profile.dates;
      profile.moment_form.add(text);
    } else if (rest.front() == ' ' || rest.front() == 'T') {
      if (!take_time(rest.substr(1), rest)) return;
      if (rest.empty()) ++profile.timestamps;
      if (is_zone(rest)) ++profile.zoned;
      profile.moment_form.add(text);
    }
  } else if (take_time(text, rest)) {
    if (!rest.empty()) return;
    ++profile.times;
    profile.moment_form.add(text);
  } else if (is_decimal(text)) {
    ++profile.decimals;
  } else if (is_uuid(text)) {
    ++profile.uuids;
    if (is_odd_uuid(text)) ++profile.odd_uuids;
  }
}

/// `digits`: those of reals are counted too.
void look_at(const RowBatch& batch, std::size_t row, std::size_t column, bool digits,
             dialect::ColumnProfile& profile) {
  ++profile.rows;
  switch (batch.kind(row, column)) {
    case CellKind::kNull:
      ++profile.nulls;
      return;
    case CellKind::kInt64: {
      const std::int64_t value = batch.int64(row, column);
      const bool first = profile.integers++ == 0;
      profile.smallest_integer = first ? value : std::min(profile.smallest_integer, value);
      profile.largest_integer = first ? value : std::max(profile.largest_integer, value);
      return;
    }
    case CellKind::kFloat64:
      ++profile.reals;
      if (digits) dialect::count_digits(profile, batch.float64(row, column));
      return;
    case CellKind::kUInt64:
      ++profile.reals;
      return;
    case CellKind::kText:
      return look_at_text(batch.bytes(row, column), profile);
    case CellKind::kBytes:
      ++profile.blobs;
      profile.longest_blob =
          std::max<std::uint64_t>(profile.longest_blob, batch.bytes(row, column).size());
      return;
  }
}

/// Which columns declare how many digits they have: DECIMAL(10,2).
std::vector<bool> declare_digits(const Table& table, const std::vector<std::string>& columns) {
  std::vector<bool> declared;
  for (const std::string& name : columns) {
    const Column* column = table.find_column(name);
    declared.push_back(column != nullptr && column->type.precision.has_value());
  }
  return declared;
}

}  // namespace

std::vector<dialect::ColumnProfile> profile_columns(driver::Connection& source, const Table& table,
                                                    const std::vector<std::string>& columns,
                                                    std::optional<std::uint64_t> most_rows) {
  std::vector<dialect::ColumnProfile> profiles(columns.size());
  if (columns.empty()) return profiles;
  driver::ReadRequest request;
  request.table = table.name;
  request.columns = columns;
  const std::vector<bool> digits = declare_digits(table, columns);
  const auto reader = source.read_table(request);
  // One more than may be looked at tells that there are more.
  const driver::BatchLimits limits = {.max_rows = static_cast<std::size_t>(
                                          std::min(kBatchRows, most_rows.value_or(kBatchRows) + 1)),
                                      .max_bytes = kBatchBytes};
  RowBatch batch;
  std::uint64_t rows = 0;
  while (reader->read(batch, limits)) {
    for (std::size_t row = 0; row < batch.rows(); ++row, ++rows) {
      if (most_rows && rows == *most_rows) {
        for (dialect::ColumnProfile& profile : profiles) profile.sampled = true;
        return profiles;
      }
      for (std::size_t column = 0; column < columns.size(); ++column) {
        look_at(batch, row, column, digits[column], profiles[column]);
      }
    }
  }
  return profiles;
}

}  // namespace crossload::copy
