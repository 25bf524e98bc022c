// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "app/options.hpp"
#include "app/policy/plan_host.hpp"
#include "base/result.hpp"
#include "model/policy/transaction.hpp"
#include "state/undo_log.hpp"

namespace kmodsec {

/// The transactions of the host, not locked.
UndoLog undo_log_of(const ChangedHost& host);

/// Those that can be undone, the oldest first. Their journals are not read.
Result<std::vector<std::uint32_t>> transaction_numbers_of_host(const Options& options);

/// The transactions that can be undone, with what they changed, and those that were reverted.
/// `denied` where they are not for this user to read.
Result<TransactionHistory> transactions_of_host(const Options& options);

}  // namespace kmodsec
