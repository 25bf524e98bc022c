// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "analyze/auditd/judge_events.hpp"
#include "model/auditd/event_words.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.baseline) return unknown(facts.baseline.error());
  if (!facts.baseline->exists) return not_applicable("this host has no baseline");
  const std::vector<std::string>& known = facts.baseline->modules;
  return judge_events(
      facts,
      [&](const ModuleEvent& event) {
        return event.action == EventAction::load && event.error.value_or(0) == 0 &&
               !event.module.empty() && !std::ranges::binary_search(known, event.module);
      },
      "was loaded, and is not in the baseline");
}

}  // namespace

extern const Check event_003_not_in_baseline{
    .id = "EVENT-003",
    .title = "Every module that was loaded lately is in the baseline",
    .fault = "A module that is not in the baseline was loaded lately",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The events of modules in the audit log are compared with the modules of the baseline. It "
        "fails for each loaded module that the baseline does not have.",
    .rationale =
        "The baseline has all modules of all installed kernels. One that it does not have came "
        "from another place, such as a folder for temporary files, and may be gone again.",
    .remedy =
        "kmodsec events --module NAME shows who loaded it and from where. If it is right, install "
        "it and record it in the baseline: kmodsec baseline accept.",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
