// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyze/causes.hpp"
#include "analyze/cves/module_cves.hpp"
#include "analyze/derive.hpp"
#include "analyze/fix_command.hpp"
#include "analyze/judge.hpp"
#include "analyze/policy/everything_else.hpp"
#include "analyze/policy/waivers.hpp"
#include "analyze/work.hpp"

namespace kmodsec {
namespace {

/// The kernel was built without it, so there is nothing to see.
bool is_absent(const Seen<bool>& setting) {
  return !setting && setting.error().kind == ErrorKind::unsupported;
}

Verdict evaluate(const Check& check, const Facts& facts, const Derived& derived) {
  if (check.needs == Needs::nothing) return check.evaluate(facts, derived);
  if (!facts.live) return not_applicable("no running kernel belongs to this tree");
  if (check.needs == Needs::module_support) {
    if (auto verdict = why_no_module_support(facts)) return std::move(*verdict);
  }
  return check.evaluate(facts, derived);
}

Verdict evaluate_as_far_as_can_be(const Check& check, const Facts& facts, const Derived& derived) {
  try {
    return evaluate(check, facts, derived);
  } catch (const TooMuchWork& problem) {
    return unknown(problem.error());
  }
}

/// Its check and its subject identify a finding, and its evidence shows where the check looked.
/// What a host calls a file, a certificate or a module may be nothing at all.
void name_subjects(std::vector<Finding>& findings) {
  constexpr std::string_view nameless = "(not named)";
  for (Finding& finding : findings) {
    for (Evidence& evidence : finding.evidence) {
      if (evidence.source.empty()) evidence.source = nameless;
      if (evidence.value.empty()) evidence.value = "(empty)";
    }
    if (finding.subject.empty())
      finding.subject = finding.evidence.empty() ? nameless : finding.evidence.front().source;
  }
}

NotableCves notable_cves_of(const Facts& facts, const ModuleTree& tree) {
  const CvesOfKernel cves(facts, tree);
  return {&tree, cves.notable(), cves.why_untold(), cves.undecided()};
}

/// Once for all checks: it asks for the load paths of whole kernels.
void look_up_cves(const Facts& facts, Derived& derived) {
  if (!facts.known_cves) return;
  std::vector<NotableCves> found;
  try {
    if (derived.running_tree != nullptr)
      found.push_back(notable_cves_of(facts, *derived.running_tree));
    for (const ModuleTree& tree : facts.trees) {
      if (!facts.live) found.push_back(notable_cves_of(facts, tree));
    }
    derived.notable_cves = std::move(found);
  } catch (const TooMuchWork&) {
    derived.notable_cves.reset();
  }
}

/// The same: it goes through all kernels, and more than one check asks for it.
void look_up_everything_else(const Facts& facts, Derived& derived) {
  if (!facts.policy || !denies_everything_else(*facts.policy) || !facts.load) return;
  try {
    derived.everything_else = everything_else(facts, KeepSetDetail::names);
  } catch (const TooMuchWork&) {
    derived.everything_else.reset();
  }
}

std::optional<std::size_t> undecided_cves(const Derived& derived) {
  if (!derived.notable_cves) return std::nullopt;
  std::size_t undecided = 0;
  for (const NotableCves& kernel : *derived.notable_cves) undecided += kernel.undecided;
  return undecided;
}

}  // namespace

std::vector<Unseen> unseen_posture(const Facts& facts) {
  std::vector<Unseen> unseen;
  if (!facts.live) return unseen;
  const KernelState& kernel = facts.kernel;
  note_unseen(kernel.release, unseen);
  note_unseen(kernel.version, unseen);
  note_unseen(kernel.modules_supported, unseen);
  note_unseen(kernel.lockdown, unseen);
  note_unseen(kernel.secure_boot, unseen);
  note_unseen(kernel.taint, unseen);
  note_unseen(kernel.command_line, unseen);
  note_unseen(kernel.log, unseen);
  note_unseen(kernel.security_modules, unseen);
  note_unseen(kernel.keyrings, unseen);
  if (!is_absent(kernel.kexec_load_disabled)) note_unseen(kernel.kexec_load_disabled, unseen);
  if (!lacks_module_support(facts)) {
    note_unseen(kernel.modules_disabled, unseen);
    note_unseen(kernel.sig_enforce, unseen);
    note_unseen(kernel.modprobe_helper, unseen);
    note_unseen_loaded(facts, unseen);
  }
  sort_unique(unseen);
  return unseen;
}

AuditReport audit(const Facts& facts, std::span<const Check* const> checks) {
  Derived derived = derive(facts);
  look_up_cves(facts, derived);
  look_up_everything_else(facts, derived);
  AuditReport report{.facts = &facts, .results = {}, .unseen = unseen_posture(facts)};
  for (const Check* check : checks) {
    CheckResult result{.check = check,
                       .verdict = evaluate_as_far_as_can_be(*check, facts, derived),
                       .command = {},
                       .waived = {},
                       .cause = {}};
    name_subjects(result.verdict.findings);
    waive_findings(facts, result);
    waive_gaps(facts, result);
    result.command = fix_command(result);
    std::ranges::copy(result.verdict.unseen, std::back_inserter(report.unseen));
    std::ranges::copy(result.waived_gaps, std::back_inserter(report.waived_gaps));
    report.results.push_back(std::move(result));
  }
  report.undecided_cves = undecided_cves(derived);
  find_causes(report.results);
  waive_gaps(facts, report.unseen, report.waived_gaps);
  name_each_once(report.unseen);
  report.idle_waivers = idle_waivers(report);
  return report;
}

}  // namespace kmodsec
