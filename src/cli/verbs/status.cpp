// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/status.hpp"

#include "analyze/audit.hpp"
#include "app/audit_host.hpp"
#include "cli/verb.hpp"
#include "report/status_report.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, Options&) { declare_data(set); }

Result<Answer> run(const Options& options, const Style& style) {
  const auto facts = read_machine_for_audit(options, false);
  if (!facts) return std::unexpected(facts.error());
  const AuditReport audited = audit(*facts);
  const HostStatus status = status_of(audited);
  return Answer{
      options.format == "json" ? print_status_json(status) : print_status_text(status, style),
      outcome_of(status.unseen, has_findings(audited, options.fail_on)), status.unseen};
}

}  // namespace

std::unique_ptr<Command> status_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
