// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/file_state.hpp"
#include "base/result.hpp"
#include "model/host/file_edit.hpp"
#include "model/kernel/host_action.hpp"
#include "model/policy/plan.hpp"
#include "model/report.hpp"

namespace kmodsec {

enum class TransactionState {
  begun,   ///< Some of it may be done: it has to be undone.
  done,    ///< All of it is.
  undone,  ///< It was reverted: of it the journal is left.
};

/// A path that a transaction changes, as it was before.
struct SavedPath {
  std::string path;
  FileState before;              ///< Without the content of a file.
  std::string copy;              ///< Name of the file beside the journal that has the content.
  bool made_by_program = false;  ///< By one of the transaction, not by kmodsec itself.
  std::string result;            ///< Digest of what stood there when the transaction was done.
  bool is_left = false;          ///< It was changed since: undoing the transaction leaves it so.
};

/// What a transaction has the host do when the files are written.
struct TransactionAction {
  HostAction deed;
  std::optional<HostAction> undo;  ///< See `Action`.
};

/// A change of the host, with all that it takes to undo it.
struct Transaction {
  std::uint32_t number = 0;
  TransactionState state = TransactionState::begun;
  std::int64_t time = 0;                   ///< Seconds since 1970-01-01T00:00:00Z.
  std::vector<std::string> reasons = {};   ///< What the administrator gave as such.
  std::vector<SavedPath> paths;            ///< In the order in which they change.
  std::vector<TransactionAction> actions;  ///< Those that were done, or were about to be.
};

/// A transaction with what it changed.
struct TransactionChange {
  Transaction transaction;
  std::vector<FileEdit> edits;             ///< Of the files that it wrote itself, in their order.
  std::vector<std::string> changed_since;  ///< Paths of it that somebody else has changed after it.
  std::vector<std::string> made_anew;      ///< Files that programs of it made.
  std::vector<Error> unreadable;           ///< What would show the rest of its edits.
};

/// The transactions of a host, the newest first.
struct TransactionHistory {
  std::vector<TransactionChange> changes;
  std::vector<Unseen> unseen;
};

/// What files of kmodsec's own come to when they change, in the terms of an administrator. Names of
/// modules, and lines of `options` without that word.
struct ChangeSummary {
  DenyChanges denies;
  std::vector<std::string> loaded_at_boot;
  std::vector<std::string> not_loaded_at_boot;
  std::vector<std::string> parameters;
  std::vector<std::string> no_parameters;
  std::vector<std::string> made;  ///< Paths of the other files: units, audit rules, the policy.
  std::vector<std::string> rewritten;
  std::vector<std::string> removed;
};

}  // namespace kmodsec
