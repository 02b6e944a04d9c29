#include "value_json.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::copy {
namespace {

using Json = nlohmann::ordered_json;

using Write = std::function<void(std::string_view)>;

// A multiple of three: base64 of such pieces is that of the whole.
constexpr std::size_t kPieceBytes = std::size_t{48} * 1024;

constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;  // doubles hold every integer to here

Json base64_json(const std::string& bytes) {
  return Json{{"base64", base64_encode(bytes)}};
}

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(std::int64_t value) const {
    if (value > kLargestExact || value < -kLargestExact) return std::to_string(value);
    return value;
  }
  Json operator()(std::uint64_t value) const {
    if (value > static_cast<std::uint64_t>(kLargestExact)) return std::to_string(value);
    return value;
  }
  Json operator()(double value) const {
    if (!std::isfinite(value)) return format_double(value);
    return value;
  }
  Json operator()(const std::string& text) const {
    if (is_utf8(text)) return text;
    return base64_json(text);
  }
  Json operator()(const Bytes& bytes) const { return base64_json(bytes.data); }
};

/// One tagged member per value; integers and the bits of doubles as text, since JSON numbers are
/// not exact everywhere.
struct ToPosition {
  Json operator()(std::monostate) const { return Json{{"null", true}}; }
  Json operator()(std::int64_t value) const { return Json{{"int", std::to_string(value)}}; }
  Json operator()(std::uint64_t value) const { return Json{{"uint", std::to_string(value)}}; }
  Json operator()(double value) const {
    return Json{{"real", std::to_string(std::bit_cast<std::uint64_t>(value))}};
  }
  Json operator()(const std::string& text) const {
    return Json{{"text", is_utf8(text) ? Json(text) : base64_json(text)}};
  }
  Json operator()(const Bytes& bytes) const { return Json{{"bytes", base64_encode(bytes.data)}}; }
};

void write_base64(std::string_view bytes, const Write& write) {
  write(R"({"base64":")");
  for (std::size_t at = 0; at < bytes.size(); at += kPieceBytes) {
    write(base64_encode(bytes.substr(at, kPieceBytes)));
  }
  write("\"}");
}

// `text` is UTF-8: its pieces end between characters.
void write_text(std::string_view text, const Write& write) {
  const auto is_within_character = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  write("\"");
  for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
    end = std::min(at + kPieceBytes, text.size());
    while (end < text.size() && is_within_character(end)) --end;
    const std::string quoted = Json(text.substr(at, end - at)).dump();
    write(std::string_view(quoted).substr(1, quoted.size() - 2));
  }
  write("\"");
}

[[noreturn]] void bad_position(const std::string& text) {
  throw Error(ErrorCode::kCheckpointNotFound, "not a resume position: " + text);
}

template <typename Number>
Number parse_number(const Json& json) {
  const std::string& text = json.get_ref<const std::string&>();
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || parsed != end) bad_position(text);
  return value;
}

Value parse_value(const Json& json) {
  if (!json.is_object() || json.size() != 1) bad_position(json.dump());
  const std::string& tag = json.items().begin().key();
  const Json& value = json.items().begin().value();
  if (tag == "null") return std::monostate{};
  if (tag == "int") return parse_number<std::int64_t>(value);
  if (tag == "uint") return parse_number<std::uint64_t>(value);
  if (tag == "real") return std::bit_cast<double>(parse_number<std::uint64_t>(value));
  if (tag == "bytes") return Bytes{base64_decode(value.get<std::string>())};
  if (tag == "text" && value.is_string()) return value.get<std::string>();
  if (tag == "text") return base64_decode(value.at("base64").get<std::string>());
  bad_position(json.dump());
}

}  // namespace

Json value_to_json(const Value& value) {
  return std::visit(ToJson{}, value);
}

void write_value_json(const RowBatch& batch, std::size_t row, std::size_t column,
                      const Write& write) {
  switch (batch.kind(row, column)) {
    case CellKind::kText: {
      const std::string_view text = batch.bytes(row, column);
      return is_utf8(text) ? write_text(text, write) : write_base64(text, write);
    }
    case CellKind::kBytes:
      return write_base64(batch.bytes(row, column), write);
    default:
      return write(value_to_json(batch.value(row, column)).dump());
  }
}

std::string encode_position(const std::vector<Value>& position) {
  Json json = Json::array();
  for (const Value& value : position) json.push_back(std::visit(ToPosition{}, value));
  return json.dump();
}

std::vector<Value> decode_position(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (!json.is_array()) bad_position(text);
    std::vector<Value> position;
    for (const Json& value : json) position.push_back(parse_value(value));
    return position;
  } catch (const Json::exception&) {
    bad_position(text);
  }
}

}  // namespace crossload::copy
