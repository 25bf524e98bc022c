// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/policy/transaction.hpp"

namespace kmodsec {

/// Of the files that plans own, and of the policy.
ChangeSummary summary_of(const std::vector<FileEdit>& edits);

/// What undoing transactions does to the host, each path once; the newest transaction is the first.
std::vector<FileEdit> edits_to_revert(const std::vector<TransactionChange>& changes);

}  // namespace kmodsec
