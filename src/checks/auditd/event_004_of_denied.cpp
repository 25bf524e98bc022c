// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_events.hpp"
#include "analyze/loading/configured_load_paths.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.load) return unknown(facts.load.error());
  if (derived.running_tree == nullptr)
    return unknown(
        {ErrorKind::not_found, "modules", "the running kernel has no folder of modules"});
  const ConfiguredLoadPaths load_paths(*facts.load, *derived.running_tree);
  return judge_events(
      facts,
      [&](const ModuleEvent& event) {
        if (event.action != EventAction::load || event.error != 0 || event.module.empty())
          return false;
        const ModuleLoadPaths its = load_paths.of(event.module);
        return its.presence == Presence::loadable && its.denied;
      },
      "is denied, and was loaded");
}

}  // namespace

extern const Check event_004_of_denied{
    .id = "EVENT-004",
    .title = "No denied module was loaded lately",
    .fault = "A denied module was loaded lately",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The events of modules in the audit log are compared with what modprobe's configuration "
        "denies now. It fails for each load of a denied module.",
    .rationale =
        "A denied module gets in by insmod or another program, before the deny was written, or "
        "from an initramfs that does not have the deny.",
    .remedy = "kmodsec events --module NAME shows who loaded it and from where.",
    .references = {"man:kmodsec(8)", "man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
