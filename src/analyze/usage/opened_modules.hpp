// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>

#include "model/facts.hpp"

namespace kmodsec {

/// The modules with those that they need to be loaded, by their symbols and by softdeps, in any
/// kernel. Without the configuration they alone. It may end in TooMuchWork.
std::set<std::string> with_needs(const Facts& facts, std::set<std::string> modules);

/// What the exceptions of the policy open, or opened while they held: the modules that they name,
/// and what these need.
std::set<std::string> opened_by_exceptions(const Facts& facts);

}  // namespace kmodsec
