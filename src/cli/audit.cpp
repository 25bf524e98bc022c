// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit.hpp"

#include <algorithm>

#include "app/machine.hpp"
#include "cli/verb.hpp"
#include "report/audit_report.hpp"

namespace kmodsec {
namespace {

struct AuditOptions : Options {
  bool all = false;
};

void declare(OptionSet& set, AuditOptions& options) {
  declare_data(set);
  set.flag("--all", options.all, "Examine every module of the tree, not the loaded ones alone");
}

Outcome outcome_of(const AuditReport& report, Severity fail_on) {
  const bool found = std::ranges::any_of(report.results, [&](const CheckResult& result) {
    return result.verdict.status == Status::fail && result.check->severity >= fail_on;
  });
  return found ? Outcome::findings : outcome_of(report.unseen);
}

constexpr Parts shown_by_audit = {
    Part::digests,  Part::signatures,  Part::packages,         Part::identity,
    Part::indexes,  Part::users,       Part::posture,          Part::writable,
    Part::masked,   Part::load_config, Part::initramfs_images, Part::image_modules,
    Part::baseline, Part::auditd,      Part::other_kernels,    Part::known_cves};

Result<Answer> run(const AuditOptions& options, const Style& style) {
  const CollectScope scope{.files = options.all ? FileScope::all : FileScope::loaded,
                           .parts = shown_by_audit};
  auto facts = read_machine(options, scope);
  if (!facts) return std::unexpected(facts.error());
  if (!options.all) {  // a snapshot has every module, and is judged as the machine would be
    for (ModuleTree& tree : facts->trees) tree.complete = false;
  }
  const AuditReport report = audit(*facts);
  return Answer{
      options.format == "json" ? print_audit_json(report) : print_audit_text(report, style),
      outcome_of(report, options.fail_on), report.unseen};
}

}  // namespace

std::unique_ptr<Command> audit_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
