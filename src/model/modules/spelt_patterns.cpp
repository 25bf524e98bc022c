// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/spelt_patterns.hpp"

#include <utility>

#include "model/host/module_name.hpp"

namespace kmodsec {

SpeltPatterns::SpeltPatterns(const std::vector<AliasEntry>& text) {
  for (const AliasEntry& alias : text) {
    if (!alias.pattern.contains('-')) continue;
    if (auto key = normalized_pattern(alias.pattern))
      spelt_.try_emplace(std::move(*key), &alias.pattern);
  }
}

const std::string& SpeltPatterns::of(const std::string& key) const {
  const auto found = spelt_.find(key);
  return found == spelt_.end() ? key : *found->second;
}

}  // namespace kmodsec
