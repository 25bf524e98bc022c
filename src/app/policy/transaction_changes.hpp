// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "app/policy/plan_host.hpp"
#include "base/result.hpp"
#include "model/policy/plan.hpp"
#include "model/policy/transaction.hpp"
#include "state/undo_log.hpp"
#include "system/files/editor.hpp"

namespace kmodsec {

/// What each of the transactions changed; they are the newest ones of the host, the newest first.
/// What cannot be read, or is longer than any file of a plan, hides only the edits of its path.
std::vector<TransactionChange> changes_of(const Editor& editor, const UndoLog& undo_log,
                                          const std::vector<Transaction>& transactions);

/// What undoing them does, as a plan. `denied`, as the undoing itself, where one of their files has
/// been changed since by somebody else; an error where one of their edits could not be read. A
/// policy that was stays as it is, and a note says so, with the commands that take out of it what
/// it still asks for.
Result<Plan> plan_to_revert(const std::vector<TransactionChange>& changes);

/// The same of transactions of a host, with what it leaves to do: what programs would do in a tree,
/// and the images that then have another copy of our files than the host.
Result<Plan> plan_of_revert(const ChangedHost& host, const UndoLog& undo_log,
                            const std::vector<Transaction>& transactions, const Options& options);

}  // namespace kmodsec
