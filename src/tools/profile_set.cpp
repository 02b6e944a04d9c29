#include <string>
#include <vector>

#include "crossload/base/strings.h"
#include "crossload/tools/services.h"

namespace crossload::tools {

const Profile& ProfileSet::get(std::string_view name) const {
  std::vector<std::string> names;
  for (const Profile& profile : profiles_) {
    if (profile.endpoint.profile == name) return profile;
    names.push_back(profile.endpoint.profile);
  }
  throw Error(ErrorCode::kProfileNotFound, "no profile named '" + std::string(name) + "'")
      .candidates(nearest_names(name, names));
}

}  // namespace crossload::tools
