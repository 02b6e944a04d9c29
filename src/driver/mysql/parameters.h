#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "crossload/model/value.h"

#include "handles.h"

namespace crossload::driver::mysql {

/// Values bound to a prepared statement one by one. Lifetime: outlives the statement's execution,
/// and the values given outlive it.
class Parameters {
 public:
  void add(const Value& value);
  std::size_t size() const { return binds_.size(); }
  MYSQL_BIND* binds() { return binds_.data(); }

 private:
  MYSQL_BIND& next(enum_field_types type);
  void add_data(enum_field_types type, std::string_view data);

  std::vector<MYSQL_BIND> binds_;
  std::deque<long long> numbers_;
  std::deque<double> reals_;
  std::deque<unsigned long> sizes_;
};

/// The canonical form of a timestamp in UTC as the server takes it: without its "+00".
std::string_view without_zone(std::string_view text);
/// The number that '0' and '1' spell; false where they are not that, or more than 64.
bool parse_bits(std::string_view text, unsigned long long& number);

}  // namespace crossload::driver::mysql
