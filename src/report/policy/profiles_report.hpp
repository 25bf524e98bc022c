// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/policy/profile.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// Named lists of modules to deny: a line each, or `in_full` with each module, why it is denied,
/// who says so (with the number of a benchmark, where it has one) and what stops working.
std::string print_profiles_text(const std::vector<Profile>& profiles, const Style& style,
                                bool in_full);

/// The document `kmodsec.profiles/1`.
std::string print_profiles_json(const std::vector<Profile>& profiles, const Facts& facts);

}  // namespace kmodsec
