// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/pattern.hpp"

#include <fnmatch.h>

namespace kmodsec {

bool matches_pattern(const std::string& pattern, const std::string& name) {
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

}  // namespace kmodsec
