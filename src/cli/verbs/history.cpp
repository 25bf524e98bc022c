// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "app/machine.hpp"
#include "app/policy/host_history.hpp"
#include "cli/verb.hpp"
#include "collect/collect.hpp"
#include "plan/change_summary.hpp"
#include "report/policy/history_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet&, Options&) {}

Result<Answer> run(const Options& options, const Style& style) {
  auto history = transactions_of_host(options);
  if (!history) return std::unexpected(history.error());
  std::vector<PastChange> changes;
  for (TransactionChange& change : history->changes) {
    ChangeSummary summary = summary_of(change.edits);
    changes.push_back({std::move(change), std::move(summary)});
  }
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  const std::vector<Unseen>& unseen = history->unseen;
  return Answer{options.format == "json"
                    ? print_history_json(changes, unseen,
                                         collect_identity_of_machine(**root, time_of_looking()))
                    : print_history_text(changes, unseen, style),
                outcome_of(unseen), unseen};
}

}  // namespace

std::unique_ptr<Command> history_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
