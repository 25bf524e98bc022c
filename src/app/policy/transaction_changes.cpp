// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/transaction_changes.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/loading/unseen_images.hpp"
#include "base/text.hpp"
#include "collect/collect.hpp"
#include "collect/policy/policy.hpp"
#include "model/host/module_name.hpp"
#include "plan/change_summary.hpp"
#include "plan/deny_changes.hpp"
#include "plan/plan.hpp"
#include "state/transaction.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t change_limit = 16UL * 1024 * 1024;
constexpr std::size_t most_pasted = 10;  ///< Names of modules in one command.

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

/// The command with modules as arguments; empty for more than anybody would paste, and where a name
/// is none.
std::string command_for(std::string_view verb, const std::vector<std::string>& modules) {
  if (modules.empty() || modules.size() > most_pasted) return "";
  if (!std::ranges::all_of(modules, is_module_name)) return "";
  return fmt::format("'kmodsec {} {}'", verb, join(modules, " "));
}

/// What the administrator has written to the policy since counts more than what it was before. What
/// it still asks for of what is undone, it gets again: the commands change that.
std::string note_of_kept_policy(const DenyChanges& undone) {
  std::string note = fmt::format(
      "{} was edited since and stays as it is: the next apply does what it still asks for, and "
      "'kmodsec plan' shows that",
      policy_path);
  if (const auto allow = command_for("allow", undone.not_denied); !allow.empty())
    note += fmt::format(". {} takes out of it what is not denied any more", allow);
  if (const auto deny = command_for("deny", undone.denied); !deny.empty())
    note += fmt::format(". {} puts into it what is denied again", deny);
  return note;
}

bool keeps_policy(const TransactionChange& change) {
  return std::ranges::find(change.changed_since, policy_path) != change.changed_since.end();
}

/// The policy that stays, with the folder that a transaction has made for it.
void leave_policy(Plan& plan) {
  plan.notes.push_back(note_of_kept_policy(plan.changes));
  std::erase_if(plan.edits, [](const FileEdit& edit) {
    return edit.after.kind == FileKind::absent && policy_path.starts_with(edit.path + "/");
  });
}

Result<void> nothing_was_changed_since(const TransactionChange& change) {
  for (const std::string& path : change.changed_since) {
    if (path == policy_path) continue;
    const auto saved = std::ranges::find(change.transaction.paths, path, &SavedPath::path);
    return failure(ErrorKind::denied, utf8_text(path), changed_since(change.transaction, *saved));
  }
  return {};
}

/// A transaction that was done in a tree has made no image, and its system may have made one since.
Result<void> add_rebuilds(const ChangedHost& host, const std::vector<TransactionChange>& changes,
                          Plan& plan) {
  if (!concerns_images(plan.edits)) return {};
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
    if (auto free = nothing_was_changed_since(change); !free) return std::unexpected(free.error());
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
  if (std::ranges::any_of(changes, keeps_policy)) leave_policy(plan);
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
