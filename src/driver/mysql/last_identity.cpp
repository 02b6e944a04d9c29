#include "last_identity.h"

#include <algorithm>
#include <limits>

#include "introspect.h"

namespace crossload::driver::mysql {

std::optional<std::int64_t> last_identity(Session& session, const std::string& table) {
  const std::vector<ListedTable> listed = listed_tables(session, &table);
  if (listed.empty() || listed.front().next_identity.value_or(0) <= 1) return std::nullopt;
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(*listed.front().next_identity - 1, kLargest));
}

}  // namespace crossload::driver::mysql
