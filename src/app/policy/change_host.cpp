// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/change_host.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/confirm.hpp"
#include "app/policy/host_history.hpp"
#include "app/policy/refusals.hpp"
#include "app/policy/transaction_changes.hpp"
#include "base/text.hpp"
#include "collect/collect.hpp"
#include "collect/policy/policy.hpp"
#include "plan/deny_changes.hpp"
#include "plan/owned_file.hpp"
#include "report/policy/plan_report.hpp"
#include "state/transaction.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

TellStep narrator(const Options& options) {
  if (options.quiet) return [](const std::string&) {};
  const std::string where = options.root.empty() ? "" : ", in " + options.root;
  return [where](const std::string& step) {
    fmt::print(stderr, "kmodsec: {}\n", printable(step + where));
  };
}

Result<void> agreed(const ChangeOptions& options, const Plan& plan, const Style& style) {
  if (!options.yes) fmt::print(stderr, "{}\n", print_plan_text(plan, style, options.verbose));
  return confirm(options, "Do this?");
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
    for (const SavedPath& saved : transaction.paths) {
      if (!saved.is_left) text += fmt::format("  put back {}\n", printable(utf8_text(saved.path)));
    }
    for (const TransactionAction& action : transaction.actions) {
      if (action.undo) text += fmt::format("  {}\n", printable(join(action.undo->command(), " ")));
    }
  }
  return text;
}

/// The transactions of the host, oldest first, once what interrupted runs have left is undone. A
/// journal says what that is: who runs this sees it before it is done.
Result<std::vector<Transaction>> recover(Transactions& transactions, const UndoLog& undo_log,
                                         const ChangeOptions& options) {
  auto all = undo_log.all();
  if (!all) return all;
  const std::vector<Transaction> left = take_interrupted(*all);
  if (left.empty()) return all;
  if (!options.yes) fmt::print(stderr, "{}\n", print_undoing(left));
  if (auto yes = confirm(options, "Undo this first?"); !yes) return std::unexpected(yes.error());
  if (auto undone = transactions.recover(left); !undone) return std::unexpected(undone.error());
  return all;
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

std::unexpected<Error> no_such_transaction(const UndoLog& undo_log, std::uint32_t number) {
  const auto undone = undo_log.undone_numbers();
  if (!undone) return std::unexpected(undone.error());
  const bool was_reverted = std::ranges::find(*undone, number) != undone->end();
  return failure(
      ErrorKind::usage, std::to_string(number),
      was_reverted ? "was reverted already" : "no such transaction; 'kmodsec history' lists them");
}

/// The newest that was done, or all from the one of this number on, the newest first. What an
/// interrupted run has begun comes before it.
Result<std::vector<Transaction>> chosen_of(const UndoLog& undo_log, std::vector<Transaction> all,
                                           std::optional<std::uint32_t> number) {
  std::ranges::reverse(all);
  if (!number) {
    const auto begun = std::ranges::count(all, TransactionState::begun, &Transaction::state);
    all.resize(std::min<std::size_t>(all.size(), static_cast<std::size_t>(begun) + 1));
    return all;
  }
  const auto last = std::ranges::find(all, *number, &Transaction::number);
  if (last == all.end()) return no_such_transaction(undo_log, *number);
  all.erase(last + 1, all.end());
  return all;
}

std::string question_to_undo(std::size_t count) {
  return count > 1 ? fmt::format("Undo these {} changes, the newest first?", count)
                   : std::string("Undo the last change of this host?");
}

Result<Answer> show_revert(const ChangedHost& host, const ChangeOptions& options,
                           const Style& style, std::optional<std::uint32_t> number) {
  const UndoLog undo_log = undo_log_of(host);
  auto all = undo_log.all();
  if (!all) return std::unexpected(all.error());
  const auto chosen = chosen_of(undo_log, std::move(*all), number);
  if (!chosen) return std::unexpected(chosen.error());
  const auto plan = plan_of_revert(host, undo_log, *chosen, options);
  if (!plan) return std::unexpected(plan.error());
  if (options.format == "json")
    return Answer{
        print_plan_json(*plan, collect_identity_of_machine(*host.root, time_of_looking())),
        outcome_of(plan->unseen), plan->unseen};
  std::string text = chosen->empty() ? std::string(nothing_to_undo)
                                     : print_plan_text(*plan, style, options.verbose);
  return Answer{std::move(text), outcome_of(plan->unseen), plan->unseen};
}

void add_notes(const ChangeOptions& options, const OfTheQuestion& asked, Plan& plan) {
  plan.notes.insert(plan.notes.end(), asked.notes.begin(), asked.notes.end());
  plan.unseen.insert(plan.unseen.end(), asked.unseen.begin(), asked.unseen.end());
  note_idle_overrides(options, plan);
}

Result<FileState> denies_now(const ChangedHost& host) {
  constexpr std::size_t limit = 16UL * 1024 * 1024;
  return host.editor.state(std::string(deny_file_path), limit);
}

/// What became of the denies; a gap where their file could not be read before or after.
DenyChanges changes_of_denies(const Result<FileState>& before, const Result<FileState>& after,
                              std::vector<Unseen>& unseen) {
  for (const Result<FileState>* state : {&before, &after}) {
    if (*state) continue;
    unseen.push_back({state->error().subject,
                      state->error().reason + ": it would show which denies have changed"});
    return {};
  }
  return deny_changes(*before, *after);
}

Result<std::vector<std::string>> undo_all(Transactions& transactions,
                                          const std::vector<Transaction>& chosen) {
  std::vector<std::string> paths;
  for (const Transaction& transaction : chosen) {
    auto undone = transactions.revert(transaction);
    if (!undone) return undone;
    for (std::string& path : *undone) {
      if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
    }
  }
  return paths;
}

Answer describe_revert(const ChangedHost& host, const Options& options, const Style& style,
                       const std::vector<std::string>& paths, const Plan& plan,
                       const Result<FileState>& before) {
  std::vector<Unseen> unseen = plan.unseen;
  const DenyChanges changes = changes_of_denies(before, denies_now(host), unseen);
  std::string text =
      options.format == "json"
          ? print_reverted_json(paths, plan, unseen,
                                collect_identity_of_machine(*host.root, time_of_looking()))
          : print_reverted_text(paths, changes, plan, unseen, style);
  return Answer{std::move(text), outcome_of(unseen), unseen};
}

}  // namespace

Result<HostPlan> follow_policy(const ChangeOptions& options, const Style& style,
                               const EditPolicy& edit_policy, const CheckPlan& check) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  UndoLog undo_log = undo_log_of(*host);
  if (auto opened = undo_log.open(options.patience); !opened)
    return std::unexpected(opened.error());
  const auto deeds = deeds_of(*host, options);
  Transactions transactions(host->editor, undo_log, *deeds, narrator(options));
  if (auto ready = recover(transactions, undo_log, options); !ready)
    return std::unexpected(ready.error());
  auto planned = plan_with(*host, options, edit_policy, time_of_change());
  if (!planned) return planned;
  Plan& plan = planned->plan;
  if (check) {
    if (auto right = check(*planned); !right) return std::unexpected(right.error());
  }
  if (auto free = nothing_is_in_the_way(plan); !free) return std::unexpected(free.error());
  if (!plan.is_empty()) {
    if (auto yes = agreed(options, plan, style); !yes) return std::unexpected(yes.error());
    plan.reasons = reasons_of(plan, options);
    const auto number = transactions.perform(plan, planned->facts.time);
    if (!number) return std::unexpected(number.error());
    plan.transaction = *number;
  }
  if (auto seen = read_back(*host, options, *planned); !seen) return std::unexpected(seen.error());
  return planned;
}

Answer answer_of_change(const ChangeOptions& options, const Style& style, HostPlan& done,
                        const OfTheQuestion& asked) {
  Plan& plan = done.plan;
  add_notes(options, asked, plan);
  return Answer{options.format == "json" ? print_applied_json(plan, done.facts)
                                         : print_applied_text(plan, style),
                outcome_of(plan.unseen), plan.unseen};
}

Result<HostPlan> plan_after(const ChangeOptions& options, const EditPolicy& edit_policy) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  return plan_with(*host, options, edit_policy, time_of_looking());
}

Result<Answer> show_change(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy, const OfTheQuestion& asked,
                           const CheckPlan& check) {
  auto planned = plan_after(options, edit_policy);
  if (!planned) return std::unexpected(planned.error());
  Plan& plan = planned->plan;
  add_notes(options, asked, plan);
  if (check) {
    if (auto right = check(*planned); !right) return std::unexpected(right.error());
  }
  if (auto free = nothing_is_refused(plan); !free) return std::unexpected(free.error());
  return Answer{options.format == "json" ? print_plan_json(plan, planned->facts)
                                         : print_plan_text(plan, style, options.verbose),
                outcome_of(plan.unseen), plan.unseen};
}

Result<Answer> change_host(const ChangeOptions& options, const Style& style,
                           const EditPolicy& edit_policy, const OfTheQuestion& asked) {
  if (options.dry_run) return show_change(options, style, edit_policy, asked);
  auto done = follow_policy(options, style, edit_policy);
  if (!done) return std::unexpected(done.error());
  return answer_of_change(options, style, *done, asked);
}

Result<Answer> revert_host(const ChangeOptions& options, const Style& style,
                           std::optional<std::uint32_t> number) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  if (options.dry_run) return show_revert(*host, options, style, number);
  UndoLog undo_log = undo_log_of(*host);
  if (auto opened = undo_log.open(); !opened) return std::unexpected(opened.error());
  const auto deeds = deeds_of(*host, options);
  Transactions transactions(host->editor, undo_log, *deeds, narrator(options));
  auto done = recover(transactions, undo_log, options);
  if (!done) return std::unexpected(done.error());
  const auto chosen = chosen_of(undo_log, std::move(*done), number);
  if (!chosen) return std::unexpected(chosen.error());
  const auto plan = plan_of_revert(*host, undo_log, *chosen, options);
  if (!plan) return std::unexpected(plan.error());
  if (!options.yes && !chosen->empty())
    fmt::print(stderr, "{}\n", print_plan_text(*plan, style, options.verbose));
  if (auto yes = confirm(options, question_to_undo(chosen->size())); !yes)
    return std::unexpected(yes.error());
  const auto before = denies_now(*host);
  const auto paths = undo_all(transactions, *chosen);
  if (!paths) return std::unexpected(paths.error());
  return describe_revert(*host, options, style, *paths, *plan, before);
}

}  // namespace kmodsec
