// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "analyze/work.hpp"

namespace kmodsec {

/// Whether a name fits a shell pattern, as kmod and udev ask it (fnmatch(3), without flags).
bool matches_pattern(const std::string& pattern, const std::string& name);

/// The same, where many patterns are held against many names.
bool matches_pattern(const std::string& pattern, const std::string& name, Work& work);

}  // namespace kmodsec
