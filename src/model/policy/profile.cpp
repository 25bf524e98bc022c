// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/policy/profile.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {

Result<const Profile*> find_profile(const std::vector<Profile>& profiles, const std::string& name) {
  const auto found = std::ranges::find(profiles, name, &Profile::name);
  if (found != profiles.end()) return &*found;
  std::vector<std::string> names;
  for (const Profile& profile : profiles) names.push_back(profile.name);
  const auto hint = nearest(name, names);
  return failure(ErrorKind::usage, name,
                 "no such profile; " +
                     (hint ? "did you mean " + *hint + "?" : "there are " + join(names, ", ")));
}

}  // namespace kmodsec
