// SPDX-License-Identifier: GPL-2.0-or-later
// sign, import and show: the tables of known vulnerabilities.

#include "app/cves/data_actions.hpp"
#include "app/cves/known_cves.hpp"
#include "app/machine.hpp"
#include "cli/suggestions.hpp"
#include "cli/verb.hpp"
#include "collect/collect.hpp"
#include "report/cves/known_cves_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> actions = {"show", "import", "sign"};

void declare(OptionSet& set, DataOptions& options) {
  set.action(options.names, "show, import FILE or sign FILE", actions);
  set.text("--data", set.common().data, "Use these tables of known vulnerabilities for this run",
           "DIR");
  set.text("--key", options.key, "An Ed25519 key: private to sign, public to import", "FILE");
  set.flag("--unsigned", options.unsigned_, "Import tables that nobody signed");
  set.flag("--older", options.older, "Import tables older than those in force");
}

Result<Answer> show_tables(const DataOptions& options, const Style& style) {
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  const auto in_force = options.data.empty() ? known_cves_of(**root) : known_cves_in_force(options);
  if (!in_force) return std::unexpected(in_force.error());
  const KnownCvesReport report{.tables = in_force->tables,
                               .machine = collect_identity_of_machine(**root, time_of_looking()),
                               .path = in_force->path,
                               .now = time_of_looking(),
                               .unseen = in_force->unseen};
  return Answer{options.format == "json" ? print_known_cves_json(report)
                                         : print_known_cves_text(report, style),
                outcome_of(report.unseen), report.unseen};
}

Result<Answer> run(const DataOptions& options, const Style& style) {
  const std::string& action = options.names.front();
  if (action != "show" && options.format != "text")
    return failure(ErrorKind::usage, "--format", "only 'kmodsec data show' can answer in JSON");
  if (action == "import") return import_tables(options);
  if (action == "sign") return sign_tables(options);
  if (options.names.size() > 1)
    return failure(ErrorKind::usage, options.names[1], "unexpected argument");
  if (action == "build")
    return failure(ErrorKind::usage, action,
                   "another program, cve-tables, builds them: see docs/cve-tables.md");
  if (action == "show") return show_tables(options, style);
  return std::unexpected(one_of("data", action, actions).error());
}

}  // namespace

std::unique_ptr<Command> data_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
