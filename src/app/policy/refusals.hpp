// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/policy/plan.hpp"

namespace kmodsec {

/// `usage` where a conflict of the plan was not overridden: every reason, and all that it takes to
/// do it in spite of them.
Result<void> nothing_is_refused(const Plan& plan);

/// The same, and `denied` where a file of ours could not be compared.
Result<void> nothing_is_in_the_way(const Plan& plan);

/// What the record keeps as the reasons of a change: overridden conflicts, the exceptions of
/// `unblock`, the end of observing.
std::vector<std::string> reasons_of(const Plan& plan, const ChangeOptions& options);

}  // namespace kmodsec
