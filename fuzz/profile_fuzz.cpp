// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/profile.hpp"
#include "model/host/module_name.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto profile = parse_profile(input);
  if (!profile) return require(!profile.error().reason.empty());
  require(!profile->name.empty() && !profile->title.empty() && !profile->description.empty());
  require(!profile->modules.empty() || !profile->includes.empty());
  for (const ProfileModule& module : profile->modules) {
    require(is_module_name(module.name));
    require(!module.reason.empty() && !module.source.empty());
  }
}
