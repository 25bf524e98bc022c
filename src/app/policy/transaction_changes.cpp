// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/transaction_changes.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "plan/change_summary.hpp"
#include "plan/deny_changes.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t change_limit = 16UL * 1024 * 1024;

/// What stands at each path when the next older transaction has just been done.
class StatesBehind {
 public:
  explicit StatesBehind(const Editor& editor) : editor_(editor) {}

  Result<FileState> at(const std::string& path) const {
    const auto known = states_.find(path);
    if (known != states_.end()) return known->second;
    return editor_.state(path, change_limit);
  }

  void set(const std::string& path, FileState state) { states_[path] = std::move(state); }

 private:
  const Editor& editor_;
  std::map<std::string, FileState> states_;
};

Result<TransactionChange> change_of(const UndoLog& undo_log, const Transaction& transaction,
                                    StatesBehind& states) {
  TransactionChange change{.transaction = transaction};
  for (const SavedPath& saved : transaction.paths) {
    if (saved.made_by_program) {
      change.made_anew.push_back(saved.path);
      continue;
    }
    auto before = undo_log.state_before(transaction, saved);
    if (!before) return std::unexpected(before.error());
    auto after = states.at(saved.path);
    if (!after) return std::unexpected(after.error());
    const bool is_known =
        transaction.state != TransactionState::done || UndoLog::digest_of(*after) == saved.result;
    if (is_known)
      change.edits.push_back({saved.path, *before, std::move(*after)});
    else
      change.changed_since.push_back(saved.path);
    states.set(saved.path, std::move(*before));
  }
  return change;
}

}  // namespace

Result<std::vector<TransactionChange>> changes_of(const Editor& editor, const UndoLog& undo_log,
                                                  const std::vector<Transaction>& transactions) {
  StatesBehind states(editor);
  std::vector<TransactionChange> changes;
  for (const Transaction& transaction : transactions) {
    auto change = change_of(undo_log, transaction, states);
    if (!change) return std::unexpected(change.error());
    changes.push_back(std::move(*change));
  }
  return changes;
}

Result<Plan> plan_to_revert(const std::vector<TransactionChange>& changes) {
  Plan plan;
  for (const TransactionChange& change : changes) {
    if (!change.changed_since.empty())
      return failure(ErrorKind::denied, utf8_text(change.changed_since.front()),
                     "it was changed since; restore it, then revert");
    for (const std::string& path : change.made_anew)
      plan.notes.push_back(
          fmt::format("{} is put back as it was, or rebuilt where it was rebuilt since", path));
    for (const TransactionAction& action : change.transaction.actions) {
      if (action.undo)
        plan.actions.push_back({*action.undo, "because its files are put back", {}, {}});
    }
  }
  plan.edits = edits_to_revert(changes);
  plan.changes = deny_changes(plan.edits);
  return plan;
}

}  // namespace kmodsec
