// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit.hpp"

#include "analyze/audit_comparison.hpp"
#include "analyze/status.hpp"
#include "app/audit_host.hpp"
#include "app/earlier_audit.hpp"
#include "cli/verb.hpp"
#include "report/audit_report.hpp"

namespace kmodsec {
namespace {

struct AuditOptions : Options {
  std::string compare;
  bool all = false;
  bool verbose = false;
};

void declare(OptionSet& set, AuditOptions& options) {
  declare_data(set);
  declare_initramfs(set);
  set.flag("--all", options.all,
           "Examine every installed module, not only the loaded ones; of a tree that is done in "
           "any case");
  set.text(
      "--compare", options.compare,
      "Mark what is new since an earlier answer, a file of 'kmodsec audit --format json': only "
      "new findings make the exit code 1",
      "FILE");
  set.flag("--verbose", options.verbose,
           "Show the posture, all evidence, how to fix each finding, and what every check came to");
}

std::string_view word_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::clean: return "clean";
    case Outcome::findings: return "findings";
    case Outcome::failed: return "failed";
    case Outcome::incomplete: break;
  }
  return "incomplete";
}

std::string print(const AuditReport& report, const HostStatus& status, const AuditOptions& options,
                  Outcome outcome, const Style& style) {
  if (options.format == "json") return print_audit_json(report);
  if (options.format == "ndjson") return print_audit_ndjson(report, word_of(outcome));
  return print_audit_text(report, status, style, options.verbose);
}

/// Nothing where none is named.
Result<std::optional<EarlierAudit>> earlier_audit(const AuditOptions& options) {
  if (options.compare.empty()) return std::nullopt;
  return read_earlier_audit(options, options.compare);
}

Result<Answer> run(const AuditOptions& options, const Style& style) {
  const auto earlier = earlier_audit(options);
  if (!earlier) return std::unexpected(earlier.error());
  const auto facts = read_machine_for_audit(options, options.all);
  if (!facts) return std::unexpected(facts.error());
  AuditReport report = audit(*facts);
  report.all_modules = options.all || !facts->live;
  const HostStatus status = status_of(report);
  take_gaps(status, report);
  note_spent(*options.budget, report.unseen);
  if (*earlier) compare_audits(**earlier, report);
  const Outcome outcome = outcome_of(report.unseen, has_findings(report, options.fail_on));
  return Answer{print(report, status, options, outcome, style), outcome, report.unseen};
}

}  // namespace

std::unique_ptr<Command> audit_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
