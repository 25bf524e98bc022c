// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "app/machine.hpp"
#include "app/policy/change_host.hpp"
#include "cli/verb.hpp"
#include "collect/collect.hpp"
#include "plan/change_summary.hpp"
#include "report/policy/history_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet&, Options&) {}

Result<Answer> run(const Options& options, const Style& style) {
  auto transactions = transactions_of_host(options);
  if (!transactions) return std::unexpected(transactions.error());
  std::vector<PastChange> changes;
  for (TransactionChange& change : *transactions) {
    ChangeSummary summary = summary_of(change.edits);
    changes.push_back({std::move(change), std::move(summary)});
  }
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  return Answer{
      options.format == "json"
          ? print_history_json(changes, collect_identity_of_machine(**root, time_of_looking()))
          : print_history_text(changes, style),
      Outcome::clean,
      {}};
}

}  // namespace

std::unique_ptr<Command> history_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
