// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/transaction_changes.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyze/host/owned_paths.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "base/text.hpp"
#include "collect/collect.hpp"
#include "collect/policy/policy.hpp"
#include "plan/change_summary.hpp"
#include "plan/deny_changes.hpp"
#include "plan/plan.hpp"
#include "state/transaction.hpp"
#include "system/host/clock.hpp"

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

  void set(const std::string& path, Result<FileState> state) {
    states_.insert_or_assign(path, std::move(state));
  }

 private:
  const Editor& editor_;
  std::map<std::string, Result<FileState>> states_;
};

TransactionChange change_of(const UndoLog& undo_log, const Transaction& transaction,
                            StatesBehind& states) {
  TransactionChange change{.transaction = transaction};
  for (const SavedPath& saved : transaction.paths) {
    if (saved.is_left) continue;
    if (saved.made_by_program) {
      change.made_anew.push_back(saved.path);
      continue;
    }
    auto before = undo_log.state_before(transaction, saved);
    auto after = states.at(saved.path);
    states.set(saved.path, before);
    if (!before || !after) {
      change.unreadable.push_back(before ? after.error() : before.error());
      continue;
    }
    const bool is_known = transaction.state != TransactionState::done || *after == *before ||
                          UndoLog::digest_of(*after) == saved.result;
    if (is_known)
      change.edits.push_back({saved.path, std::move(*before), std::move(*after)});
    else
      change.changed_since.push_back(saved.path);
  }
  return change;
}

/// What the administrator has written to the policy since counts more than what it was before.
void note_kept_policy(Plan& plan) {
  const std::string note = fmt::format(
      "{} was edited since and stays as it is: what it denies is denied again by the next apply. "
      "Take out of it by hand what is not wanted any more",
      policy_path);
  if (std::ranges::find(plan.notes, note) == plan.notes.end()) plan.notes.push_back(note);
}

Result<void> nothing_was_changed_since(const TransactionChange& change, Plan& plan) {
  for (const std::string& path : change.changed_since) {
    if (path != policy_path) {
      const auto saved = std::ranges::find(change.transaction.paths, path, &SavedPath::path);
      return failure(ErrorKind::denied, utf8_text(path), changed_since(change.transaction, *saved));
    }
    note_kept_policy(plan);
  }
  return {};
}

/// A transaction that was done in a tree has made no image, and its system may have made one since.
Result<void> add_rebuilds(const ChangedHost& host, const std::vector<TransactionChange>& changes,
                          Plan& plan) {
  const bool concerns_images = std::ranges::any_of(plan.edits, [](const FileEdit& edit) {
    return edit.path == deny_file_path || edit.path == options_file_path;
  });
  if (!concerns_images) return {};
  const auto facts = collect(*host.root, scope_of_plan(time_of_looking()));
  if (!facts) return std::unexpected(facts.error());
  std::vector<std::string> made_anew;
  for (const TransactionChange& change : changes)
    std::ranges::copy(change.made_anew, std::back_inserter(made_anew));
  std::ranges::move(rebuilds_after(facts->trees, plan.edits, made_anew),
                    std::back_inserter(plan.left_to_do));
  for (const ModuleTree& tree : facts->trees)
    std::ranges::move(unseen_images(tree), std::back_inserter(plan.unseen));
  return {};
}

}  // namespace

std::vector<TransactionChange> changes_of(const Editor& editor, const UndoLog& undo_log,
                                          const std::vector<Transaction>& transactions) {
  StatesBehind states(editor);
  std::vector<TransactionChange> changes;
  for (const Transaction& transaction : transactions)
    changes.push_back(change_of(undo_log, transaction, states));
  return changes;
}

Result<Plan> plan_to_revert(const std::vector<TransactionChange>& changes) {
  Plan plan;
  for (const TransactionChange& change : changes) {
    if (!change.unreadable.empty()) return std::unexpected(change.unreadable.front());
    if (auto free = nothing_was_changed_since(change, plan); !free)
      return std::unexpected(free.error());
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

Result<Plan> plan_of_revert(const ChangedHost& host, const UndoLog& undo_log,
                            const std::vector<Transaction>& transactions, const Options& options) {
  const auto changes = changes_of(host.editor, undo_log, transactions);
  auto plan = plan_to_revert(changes);
  if (!plan) return plan;
  if (!options.root.empty()) plan->left_to_do = std::exchange(plan->actions, {});
  if (auto added = add_rebuilds(host, changes, *plan); !added)
    return std::unexpected(added.error());
  return plan;
}

}  // namespace kmodsec
