// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "state/host_deeds.hpp"
#include "state/undo_log.hpp"

namespace kmodsec {

/// Takes out of the transactions of a host, oldest first, those that interrupted runs have begun
/// and not ended, and gives them, the newest first: what `recover` is to undo.
std::vector<Transaction> take_interrupted(std::vector<Transaction>& transactions);

/// Why a transaction cannot be undone where one of its paths has been changed since, with the copy
/// of what was there before, and a way out.
std::string changed_since(const Transaction& transaction, const SavedPath& saved);

/// Changes a host by plans, each as one transaction: done as a whole, or as if it had not begun.
class Transactions {
 public:
  Transactions(const Editor& editor, UndoLog& undo_log, const HostDeeds& deeds, TellStep tell)
      : editor_(editor), undo_log_(undo_log), deeds_(deeds), tell_(std::move(tell)) {}

  /// Undoes what interrupted runs have left, the newest first. Has to come before anything else is
  /// changed.
  Result<void> recover(const std::vector<Transaction>& interrupted);

  /// Does all of a plan, and returns the number of its transaction. When a step fails, what was
  /// done before it is undone, and the error says which step it was.
  Result<std::uint32_t> perform(const Plan& plan, std::int64_t time);

  /// Undoes a transaction, which has to be the newest; its paths are returned. `denied`, and
  /// nothing changed, when a path has been changed since by somebody else. A file of the
  /// administrator's that was changed since stays as it is; an initramfs image that was made anew
  /// since is made anew again.
  Result<std::vector<std::string>> revert(Transaction newest);

 private:
  Result<void> write(const Plan& plan);
  Result<void> perform_all(const std::vector<TransactionAction>& actions);
  Result<void> undo(const Transaction& transaction, bool was_done);
  Result<void> restore(const Transaction& transaction, const SavedPath& saved);
  Result<void> leave_what_changed_since(Transaction& transaction) const;

  const Editor& editor_;
  UndoLog& undo_log_;
  const HostDeeds& deeds_;
  TellStep tell_;
};

}  // namespace kmodsec
