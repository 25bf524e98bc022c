// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/policy/transaction.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// A transaction, and what it comes to in the terms of an administrator.
struct PastChange {
  TransactionChange change;
  ChangeSummary summary;
};

/// Transactions, each with its number, its time and what it changed: modules, parameters, files.
std::string print_history_text(const std::vector<PastChange>& changes,
                               const std::vector<Unseen>& unseen, const Style& style);

/// The document `kmodsec.history/1`.
std::string print_history_json(const std::vector<PastChange>& changes,
                               const std::vector<Unseen>& unseen, const Facts& facts);

}  // namespace kmodsec
