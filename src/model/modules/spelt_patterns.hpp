// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// The patterns of modules.alias by their keys in modules.alias.bin, which are normalised. The text
/// has them as the kernel asks for them. Points into the aliases.
class SpeltPatterns {
 public:
  explicit SpeltPatterns(const std::vector<AliasEntry>& text);

  /// The key itself where the text spells it no other way.
  const std::string& of(const std::string& key) const;

 private:
  std::unordered_map<std::string, const std::string*> spelt_;
};

}  // namespace kmodsec
