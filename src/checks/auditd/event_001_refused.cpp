// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_events.hpp"
#include "model/auditd/event_words.hpp"

namespace kmodsec {
namespace {

/// Programs ask for what is there already, and for drivers of devices that are not.
bool is_usual(int error) { return error == 17 || error == 19; }

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_events(
      facts,
      [](const ModuleEvent& event) {
        return event.action == EventAction::load && is_failed(event) && !is_usual(*event.error);
      },
      "was refused by the kernel");
}

}  // namespace

extern const Check event_001_refused{
    .id = "EVENT-001",
    .title = "The kernel refused no module lately",
    .fault = "The kernel refused a module lately",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "The events of modules in the audit log. It fails for each load that the kernel refused "
        "with another error than EEXIST and ENODEV.",
    .rationale =
        "The kernel refuses a module whose signature it does not trust, that was built for another "
        "kernel, or that the caller may not load: somebody tried. EEXIST and ENODEV are left out: "
        "they are normal during a boot.",
    .remedy = "kmodsec events --failed shows who it was, when, and what the kernel said.",
    .command = "kmodsec events --failed",
    .references = {"man:kmodsec(8)", "man:init_module(2)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
