// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/policy/transaction.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// Transactions, each with its number, its time and the paths that it changed.
std::string print_history_text(const std::vector<Transaction>& transactions, const Style& style);

/// The document `kmodsec.history/1`.
std::string print_history_json(const std::vector<Transaction>& transactions, const Facts& facts);

}  // namespace kmodsec
