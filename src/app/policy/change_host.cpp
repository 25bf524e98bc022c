// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/change_host.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/confirm.hpp"
#include "base/text.hpp"
#include "collect/collect.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/policy/policy.hpp"
#include "plan/deny_changes.hpp"
#include "plan/owned_file.hpp"
#include "report/policy/history_report.hpp"
#include "report/policy/plan_report.hpp"
#include "state/transaction.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

TellStep narrator(const Options& options) {
  if (options.quiet) return [](const std::string&) {};
  return [](const std::string& step) { fmt::print(stderr, "kmodsec: {}\n", printable(step)); };
}

Result<void> nothing_is_in_the_way(const Plan& plan) {
  if (!plan.unreadable.empty())
    return failure(ErrorKind::denied, plan.unreadable.front().what, plan.unreadable.front().why);
  const auto refused = std::ranges::find(plan.conflicts, false, &Conflict::overridden);
  if (refused == plan.conflicts.end()) return {};
  return failure(
      ErrorKind::usage, refused->module,
      fmt::format("{}; --override {} denies it all the same", refused->reason, refused->module));
}

Result<void> agreed(const ChangeOptions& options, const Plan& plan, const Style& style) {
  if (!options.yes) fmt::print(stderr, "{}\n", print_plan_text(plan, style, options.verbose));
  return confirm(options, "Do this?");
}

OwnPaths paths_of_plans() {
  OwnPaths own = own_paths();
  own.add(std::string(policy_path));
  return own;
}

UndoLog undo_log_of(const ChangedHost& host) {
  return {
      *host.root, host.editor,
      [&root = *host.root](const std::string& path) { return only_root_may_change(root, path); },
      paths_of_plans()};
}

std::unique_ptr<HostDeeds> deeds_of(const ChangedHost& host, const Options& options) {
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return std::make_unique<LeftToDo>(narrator(options));
  return std::make_unique<HostPrograms>(*system, *host.root, narrator(options));
}

std::string print_undoing(const std::vector<Transaction>& transactions) {
  std::string text =
      "An earlier run of kmodsec was interrupted in the middle of a change. To undo it:\n";
  for (const Transaction& transaction : transactions) {
    for (const SavedPath& saved : transaction.paths)
      text += fmt::format("  put back {}\n", printable(utf8_text(saved.path)));
    for (const TransactionAction& action : transaction.actions) {
      if (action.undo) text += fmt::format("  {}\n", printable(join(action.undo->command(), " ")));
    }
  }
  return text;
}

/// A journal says what is to be undone: who runs this sees it before it is.
Result<void> recover(Transactions& transactions, const ChangeOptions& options) {
  const auto left = transactions.interrupted();
  if (!left) return std::unexpected(left.error());
  if (left->empty()) return {};
  if (!options.yes) fmt::print(stderr, "{}\n", print_undoing(*left));
  if (auto yes = confirm(options, "Undo this first?"); !yes) return yes;
  return transactions.recover();
}

/// The programs of a tree are those of another system: they are left to its administrator.
Result<HostPlan> plan_with(const ChangedHost& host, const ChangeOptions& options,
                           const EditPolicy& edit_policy, std::int64_t now) {
  std::vector<FileEdit> first;
  if (edit_policy) {
    auto edits = edit_policy(host.editor);
    if (!edits) return std::unexpected(edits.error());
    first = std::move(*edits);
  }
  auto planned = plan_host(host, options, now, std::move(first));
  if (planned && !options.root.empty())
    planned->plan.left_to_do = std::exchange(planned->plan.actions, {});
  return planned;
}

/// The newest, or all from the one of this number on, the newest first.
Result<std::vector<Transaction>> chosen_transactions(const UndoLog& undo_log,
                                                     std::optional<std::uint32_t> number) {
  auto all = undo_log.all();
  if (!all) return all;
  std::ranges::reverse(*all);
  if (!number) {
    all->resize(std::min<std::size_t>(all->size(), 1));
    return all;
  }
  const auto last = std::ranges::find(*all, *number, &Transaction::number);
  if (last == all->end())
    return failure(ErrorKind::usage, std::to_string(*number),
                   "no such transaction; 'kmodsec history' lists them");
  all->erase(last + 1, all->end());
  return all;
}

std::string question_to_undo(std::size_t count) {
  return count > 1 ? fmt::format("Undo these {} changes, the newest first?", count)
                   : std::string("Undo the last change of this host?");
}

std::string history_of(const std::vector<Transaction>& transactions, const ChangedHost& host,
                       const Options& options, const Style& style) {
  return options.format == "json"
             ? print_history_json(transactions,
                                  collect_identity_of_machine(*host.root, time_of_looking()))
             : print_history_text(transactions, style);
}

/// The file of our denies; as if it were not there where it cannot be read.
FileState denies_now(const ChangedHost& host) {
  constexpr std::size_t limit = 16UL * 1024 * 1024;
  return host.editor.state(std::string(deny_file_path), limit).value_or(FileState{});
}

Result<std::vector<std::string>> undo_all(Transactions& transactions, std::size_t count) {
  std::vector<std::string> paths;
  for (std::size_t done = 0; done < count; ++done) {
    auto undone = transactions.revert();
    if (!undone) return undone;
    for (std::string& path : *undone) {
      if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
    }
  }
  return paths;
}

}  // namespace

Result<HostPlan> follow_policy(const ChangeOptions& options, const Style& style,
                               const EditPolicy& edit_policy) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  UndoLog undo_log = undo_log_of(*host);
  if (auto opened = undo_log.open(); !opened) return std::unexpected(opened.error());
  const auto deeds = deeds_of(*host, options);
  Transactions transactions(host->editor, undo_log, *deeds, narrator(options));
  if (auto ready = recover(transactions, options); !ready) return std::unexpected(ready.error());
  auto planned = plan_with(*host, options, edit_policy, time_of_change());
  if (!planned) return planned;
  Plan& plan = planned->plan;
  if (auto free = nothing_is_in_the_way(plan); !free) return std::unexpected(free.error());
  if (!plan.is_empty()) {
    if (auto yes = agreed(options, plan, style); !yes) return std::unexpected(yes.error());
    if (auto done = transactions.perform(plan, planned->facts.time); !done)
      return std::unexpected(done.error());
    if (const auto all = undo_log.all(); all && !all->empty())
      plan.transaction = all->back().number;
  }
  if (auto seen = read_back(*host, options, *planned); !seen) return std::unexpected(seen.error());
  return planned;
}

Result<HostPlan> plan_after(const ChangeOptions& options, const EditPolicy& edit_policy) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  return plan_with(*host, options, edit_policy, time_of_looking());
}

Result<Answer> show_change(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy) {
  const auto planned = plan_after(options, edit_policy);
  if (!planned) return std::unexpected(planned.error());
  const Plan& plan = planned->plan;
  if (auto free = nothing_is_in_the_way(plan); !free) return std::unexpected(free.error());
  return Answer{options.format == "json" ? print_plan_json(plan, planned->facts)
                                         : print_plan_text(plan, style, options.verbose),
                outcome_of(plan.unseen), plan.unseen};
}

Result<Answer> change_host(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy) {
  if (options.dry_run) return show_change(options, style, edit_policy);
  const auto done = follow_policy(options, style, edit_policy);
  if (!done) return std::unexpected(done.error());
  const Plan& plan = done->plan;
  return Answer{options.format == "json" ? print_applied_json(plan, done->facts)
                                         : print_applied_text(plan, style),
                Outcome::clean, plan.unseen};
}

Result<std::vector<Transaction>> transactions_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  auto transactions = undo_log_of(*host).all();
  if (transactions) std::ranges::reverse(*transactions);
  return transactions;
}

Result<Answer> revert_host(const ChangeOptions& options, const Style& style,
                           std::optional<std::uint32_t> number) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  UndoLog undo_log = undo_log_of(*host);
  if (auto opened = undo_log.open(); !opened) return std::unexpected(opened.error());
  const auto deeds = deeds_of(*host, options);
  Transactions transactions(host->editor, undo_log, *deeds, narrator(options));
  if (auto ready = recover(transactions, options); !ready) return std::unexpected(ready.error());
  const auto chosen = chosen_transactions(undo_log, number);
  if (!chosen) return std::unexpected(chosen.error());
  if (options.dry_run)
    return Answer{history_of(*chosen, *host, options, style), Outcome::clean, {}};
  if (!options.yes) fmt::print(stderr, "{}", print_history_text(*chosen, style));
  if (auto yes = confirm(options, question_to_undo(chosen->size())); !yes)
    return std::unexpected(yes.error());
  const FileState before = denies_now(*host);
  const auto paths = undo_all(transactions, chosen->size());
  if (!paths) return std::unexpected(paths.error());
  return Answer{
      options.format == "json"
          ? print_reverted_json(*paths, collect_identity_of_machine(*host->root, time_of_looking()))
          : print_reverted_text(*paths, deny_changes(before, denies_now(*host)), style),
      Outcome::clean,
      {}};
}

}  // namespace kmodsec
