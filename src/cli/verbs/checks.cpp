// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/verb.hpp"
#include "model/check.hpp"
#include "report/check_report.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet&, Options&) {}

Result<Answer> run(const Options& options, const Style& style) {
  if (options.format == "json")
    return Answer{print_checks_json(all_checks(), {}), Outcome::clean, {}};
  if (options.format == "markdown")
    return Answer{print_checks_markdown(all_checks()), Outcome::clean, {}};
  return Answer{print_checks_text(all_checks(), style), Outcome::clean, {}};
}

}  // namespace

std::unique_ptr<Command> checks_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
