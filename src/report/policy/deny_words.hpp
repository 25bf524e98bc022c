// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/policy/plan.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// Names as one text, safe for a terminal: of more than a dozen the first ten, and how many more
/// there are.
std::string names_in_words(const std::vector<std::string>& names);

/// A line each for the modules that are denied now, those that were closed before, and those that
/// are not any more; none without. Unless it is to name all of them, it names as many as
/// `names_in_words`.
std::string changes_in_words(const DenyChanges& changes, const Style& style, bool all = false);

/// What `deny.autoload_by_users` closes and keeps, and what the other ways to the same end cost.
std::string autoload_in_words(const AutoloadPlan& autoload, bool with_costs, const Style& style);

/// Until when an exception opens its module.
std::string opened_in_words(const OpenedModule& opened);

}  // namespace kmodsec
