// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/transaction.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::string_view deed(const FileEdit& edit) {
  if (edit.after.kind == FileKind::absent) return "remove";
  return edit.before.kind == FileKind::absent ? "create" : "rewrite";
}

/// An interrupted run was undoing it: its number was shown to somebody.
bool was_done_before(const Transaction& transaction) {
  return std::ranges::any_of(transaction.paths,
                             [](const SavedPath& saved) { return !saved.result.empty(); });
}

/// A folder that was made for a file cannot go while that stays.
void leave_folders_of(const std::vector<std::string>& staying, Transaction& transaction) {
  for (SavedPath& folder : transaction.paths) {
    if (folder.before.kind != FileKind::absent || folder.result != "folder") continue;
    folder.is_left = folder.is_left || std::ranges::any_of(staying, [&](const std::string& path) {
                       return path.starts_with(folder.path + "/");
                     });
  }
}

}  // namespace

std::string changed_since(const Transaction& transaction, const SavedPath& saved) {
  const bool was_file = saved.before.kind == FileKind::file;
  return fmt::format(
      "it was changed since by somebody else: nothing is undone. Before the transaction {}: put "
      "that "
      "back, then revert; or, instead of undoing, change the policy and run 'kmodsec apply'",
      was_file ? "it was as in " + utf8_text(UndoLog::copy_of(transaction, saved))
               : std::string(saved.before.kind == FileKind::absent ? "it was not there"
                                                                   : "it was no file"));
}

std::vector<Transaction> take_interrupted(std::vector<Transaction>& transactions) {
  const auto interrupted = std::ranges::stable_partition(
      transactions,
      [](const Transaction& transaction) { return transaction.state == TransactionState::done; });
  std::vector<Transaction> taken(std::make_move_iterator(interrupted.begin()),
                                 std::make_move_iterator(interrupted.end()));
  transactions.erase(interrupted.begin(), interrupted.end());
  std::ranges::reverse(taken);
  return taken;
}

Result<void> Transactions::recover(const std::vector<Transaction>& interrupted) {
  for (const Transaction& transaction : interrupted) {
    tell_("undo what an interrupted run has left");
    if (auto undone = undo(transaction, was_done_before(transaction)); !undone) return undone;
  }
  return {};
}

Result<std::uint32_t> Transactions::perform(const Plan& plan, std::int64_t time) {
  auto transaction = undo_log_.begin(plan, time);
  if (!transaction) return std::unexpected(transaction.error());
  auto done = write(plan);
  if (done) done = perform_all(transaction->actions);
  if (done) done = undo_log_.finish(*transaction);
  if (done) return transaction->number;
  tell_("undo: " + to_string(done.error()));
  const auto undone = undo(*transaction, false);
  if (undone)
    return failure(done.error().kind, done.error().subject,
                   done.error().reason + "; nothing was changed");
  return failure(undone.error().kind, undone.error().subject,
                 fmt::format("{}; this could not be undone after '{}', the next run tries again",
                             undone.error().reason, to_string(done.error())));
}

Result<void> Transactions::write(const Plan& plan) {
  for (const FileEdit& edit : plan.edits) {
    tell_(fmt::format("{} {}", deed(edit), edit.path));
    if (auto put = editor_.put(edit.path, edit.after); !put) return put;
  }
  return {};
}

Result<void> Transactions::perform_all(const std::vector<TransactionAction>& actions) {
  for (const TransactionAction& action : actions) {
    if (auto done = deeds_.perform(action.deed); !done) return done;
  }
  return {};
}

Result<void> Transactions::restore(const Transaction& transaction, const SavedPath& saved) {
  if (saved.before.kind != FileKind::file) return editor_.put(saved.path, saved.before);
  const std::string copy = UndoLog::copy_of(transaction, saved);
  if (auto trusted = undo_log_.is_trusted(copy); !trusted) return trusted;
  return editor_.put_copy(saved.path, saved.before, copy);
}

/// From the last change to the first, so that a folder is empty when its turn comes. What only
/// reads files (a timer, the audit daemon) is told to read them again; an error of that is none of
/// the files, which are what they were. The number of one that was done stays taken.
Result<void> Transactions::undo(const Transaction& transaction, bool was_done) {
  for (const SavedPath& saved : std::views::reverse(transaction.paths)) {
    if (saved.is_left) continue;
    if (auto restored = restore(transaction, saved); !restored) return restored;
  }
  for (const TransactionAction& action : transaction.actions) {
    if (action.undo) static_cast<void>(deeds_.perform(*action.undo));
  }
  return was_done ? undo_log_.retire(transaction) : undo_log_.forget(transaction);
}

/// What was made anew since, by an upgrade of the kernel say, stays and is made anew once more.
Result<void> Transactions::leave_what_changed_since(Transaction& transaction) const {
  bool is_made_anew = false;
  std::vector<std::string> staying;
  for (SavedPath& saved : transaction.paths) {
    const auto now = undo_log_.digest_at(saved.path);
    if (!now) return std::unexpected(now.error());
    saved.is_left = *now != saved.result;
    if (saved.is_left && *now != "absent") staying.push_back(saved.path);
    if (!saved.is_left || undo_log_.is_of_administrator(saved.path)) continue;
    if (!saved.made_by_program) {
      const auto before = undo_log_.state_before(transaction, saved);
      if (before && UndoLog::digest_of(*before) == *now) continue;
      return failure(ErrorKind::denied, utf8_text(saved.path), changed_since(transaction, saved));
    }
    is_made_anew = true;
  }
  leave_folders_of(staying, transaction);
  if (!is_made_anew) return {};
  for (TransactionAction& action : transaction.actions) {
    if (!action.undo) action.undo = action.deed;
  }
  return {};
}

Result<std::vector<std::string>> Transactions::revert(Transaction newest) {
  if (auto left = leave_what_changed_since(newest); !left) return std::unexpected(left.error());
  newest.state = TransactionState::begun;
  if (auto noted = undo_log_.write(newest); !noted) return std::unexpected(noted.error());
  if (auto undone = undo(newest, true); !undone) return std::unexpected(undone.error());
  std::vector<std::string> paths;
  for (const SavedPath& saved : newest.paths) {
    const bool was_never_there = saved.before.kind == FileKind::absent && saved.result == "absent";
    if (!was_never_there && !saved.is_left) paths.push_back(saved.path);
  }
  return paths;
}

}  // namespace kmodsec
