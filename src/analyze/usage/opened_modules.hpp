// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>

#include "model/facts.hpp"

namespace kmodsec {

/// The modules with those that they need to be loaded, by their symbols, by softdeps and by install
/// lines, in any kernel. Without the configuration they alone. It may end in TooMuchWork.
std::set<std::string> with_needs(const Facts& facts, std::set<std::string> modules);

/// What the exceptions of the policy open, or opened while they held: the modules that they name,
/// and what these need.
std::set<std::string> opened_by_exceptions(const Facts& facts);

/// What kmodsec denies now, or would but for an exception. That it is loaded is no reason to keep
/// it: a deny does not end because root has loaded the module.
std::set<std::string> denied_or_opened(const Facts& facts);

}  // namespace kmodsec
