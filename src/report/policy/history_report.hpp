// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/kernel/kernel.hpp"
#include "model/policy/transaction.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// Transactions, each with its number, its time and the paths that it changed.
std::string print_history_text(const std::vector<Transaction>& transactions, const Style& style);

/// The document `kmodsec.history/1`.
std::string print_history_json(const std::vector<Transaction>& transactions,
                               const KernelState& kernel);

}  // namespace kmodsec
