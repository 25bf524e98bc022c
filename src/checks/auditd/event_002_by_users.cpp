// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_events.hpp"
#include "model/auditd/event_words.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_events(
      facts,
      [](const ModuleEvent& event) {
        return event.action == EventAction::load && event.origin == EventOrigin::user &&
               event.error == 0;
      },
      "was loaded by somebody who had logged in");
}

}  // namespace

extern const Check event_002_by_users{
    .id = "EVENT-002",
    .title = "Nobody who had logged in loaded a module lately",
    .fault = "Somebody who had logged in loaded a module lately",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The events of modules in the audit log. It fails for each load from a login session.",
    .rationale =
        "Boot, daemons and the kernel itself load what a host needs. A load from a login session "
        "is an administrator's work, or an intruder's.",
    .remedy =
        "kmodsec events shows who it was. What is needed at every boot belongs in the policy: "
        "kmodsec load MODULE --persist.",
    .command = "kmodsec events --since yesterday",
    .references = {"man:kmodsec(8)", "man:pam_loginuid(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
