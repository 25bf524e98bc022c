// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "state/host_deeds.hpp"
#include "state/undo_log.hpp"

namespace kmodsec {

/// Changes a host by plans, each as one transaction: done as a whole, or as if it had not begun.
class Transactions {
 public:
  Transactions(const Editor& editor, UndoLog& undo_log, const HostDeeds& deeds, TellStep tell)
      : editor_(editor), undo_log_(undo_log), deeds_(deeds), tell_(std::move(tell)) {}

  /// What interrupted runs have begun and not ended, the newest first: what `recover` would undo.
  Result<std::vector<Transaction>> interrupted() const;

  /// Undoes what an interrupted run has left. Has to come before anything else is changed.
  Result<void> recover();

  /// Does all of a plan. When a step fails, what was done before it is undone, and the error says
  /// which step it was.
  Result<void> perform(const Plan& plan, std::int64_t time);

  /// Undoes the newest transaction; its paths are returned, none when there is nothing to undo.
  /// `denied`, and nothing changed, when a path has been changed since by somebody else; initramfs
  /// images are: one that was made anew since is made anew again.
  Result<std::vector<std::string>> revert();

 private:
  Result<void> write(const Plan& plan);
  Result<void> perform_all(const std::vector<TransactionAction>& actions);
  Result<void> undo(const Transaction& transaction);
  Result<void> restore(const Transaction& transaction, const SavedPath& saved);
  Result<void> leave_what_changed_since(Transaction& transaction) const;

  const Editor& editor_;
  UndoLog& undo_log_;
  const HostDeeds& deeds_;
  TellStep tell_;
};

}  // namespace kmodsec
