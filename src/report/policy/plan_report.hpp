// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "model/policy/module_change.hpp"
#include "model/policy/plan.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What a plan would do. A change of hundreds of lines is summed up unless it is `verbose`.
std::string print_plan_text(const Plan& plan, const Style& style, bool verbose = false);
std::string print_plan_json(const Plan& plan, const Facts& facts);

/// What was done by it, and loaded after it; `plan.open` is what is open now.
std::string print_applied_text(const Plan& plan, const Style& style);
std::string print_applied_json(const Plan& plan, const Facts& facts,
                               const std::vector<const LoadReport*>& loads = {});

/// Where no transaction is there to be undone.
inline constexpr std::string_view nothing_to_undo = "There is nothing to undo.\n";

/// What was put back, what became of the denies by that, what `plan` leaves to do and to know, and
/// what could not be seen of it.
std::string print_reverted_text(const std::vector<std::string>& paths, const DenyChanges& changes,
                                const Plan& plan, const std::vector<Unseen>& unseen,
                                const Style& style);
std::string print_reverted_json(const std::vector<std::string>& paths, const Plan& plan,
                                const std::vector<Unseen>& unseen, const Facts& facts);

}  // namespace kmodsec
