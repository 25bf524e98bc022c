// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/policy/plan.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// How many modules are kept for each cause.
std::map<KeepCause, std::size_t> kept_by_cause(const KeepSet& set);

/// What `deny.everything_else` keeps and closes, and whether it can be enforced: a few lines.
std::string everything_else_in_words(const EverythingElsePlan& plan, const Style& style);

}  // namespace kmodsec
