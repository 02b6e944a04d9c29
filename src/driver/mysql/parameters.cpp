#include "parameters.h"

namespace crossload::driver::mysql {

MYSQL_BIND& Parameters::next(enum_field_types type) {
  MYSQL_BIND& bind = binds_.emplace_back();
  bind = MYSQL_BIND{};
  bind.buffer_type = type;
  return bind;
}

void Parameters::add_data(enum_field_types type, std::string_view data) {
  MYSQL_BIND& bind = next(type);
  // The library takes the buffer as not const; it only reads it. No pointer would not mean empty.
  bind.buffer = const_cast<char*>(data.empty() ? "" : data.data());
  bind.buffer_length = static_cast<unsigned long>(data.size());
  bind.length = &sizes_.emplace_back(bind.buffer_length);
}

void Parameters::add(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    next(MYSQL_TYPE_LONGLONG).buffer = &numbers_.emplace_back(*number);
  } else if (const auto* large = std::get_if<std::uint64_t>(&value)) {
    MYSQL_BIND& bind = next(MYSQL_TYPE_LONGLONG);
    bind.buffer = &numbers_.emplace_back(static_cast<long long>(*large));
    bind.is_unsigned = 1;
  } else if (const auto* real = std::get_if<double>(&value)) {
    next(MYSQL_TYPE_DOUBLE).buffer = &reals_.emplace_back(*real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    add_data(MYSQL_TYPE_STRING, *text);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    add_data(MYSQL_TYPE_BLOB, bytes->data);
  } else {
    next(MYSQL_TYPE_NULL);
  }
}

std::string_view without_zone(std::string_view text) {
  if (text.ends_with("+00")) text.remove_suffix(3);
  return text;
}

bool parse_bits(std::string_view text, unsigned long long& number) {
  constexpr std::size_t kMostBits = 64;
  number = 0;
  if (text.empty() || text.size() > kMostBits) return false;
  for (const char c : text) {
    if (c != '0' && c != '1') return false;
    number = number << 1U | (c == '1' ? 1U : 0U);
  }
  return true;
}

}  // namespace crossload::driver::mysql
