// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit.hpp"
#include "analyze/status.hpp"

#include "app/audit_host.hpp"
#include "cli/verb.hpp"
#include "report/audit_report.hpp"

namespace kmodsec {
namespace {

struct AuditOptions : Options {
  bool all = false;
  bool verbose = false;
};

void declare(OptionSet& set, AuditOptions& options) {
  declare_data(set);
  declare_initramfs(set);
  set.flag("--all", options.all, "Examine every module of the tree, not the loaded ones alone");
  set.flag("--verbose", options.verbose, "Show the posture, all evidence and how to mend it");
}

Result<Answer> run(const AuditOptions& options, const Style& style) {
  const auto facts = read_machine_for_audit(options, options.all);
  if (!facts) return std::unexpected(facts.error());
  const AuditReport report = audit(*facts);
  return Answer{options.format == "json"
                    ? print_audit_json(report)
                    : print_audit_text(report, status_of(report), style, options.verbose),
                outcome_of(report, options.fail_on), report.unseen};
}

}  // namespace

std::unique_ptr<Command> audit_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
