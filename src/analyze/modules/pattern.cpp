// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/pattern.hpp"

#include <fnmatch.h>

namespace kmodsec {

bool matches_pattern(const std::string& pattern, const std::string& name) {
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

/// fnmatch(3) may try each part of the pattern at each place of the name.
bool matches_pattern(const std::string& pattern, const std::string& name, Work& work) {
  constexpr std::size_t comparisons_in_a_step = 64UL * 64;
  work.spend(1 + pattern.size() * name.size() / comparisons_in_a_step);
  return matches_pattern(pattern, name);
}

}  // namespace kmodsec
