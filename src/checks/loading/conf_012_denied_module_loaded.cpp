// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/configured_load_paths.hpp"

namespace kmodsec {
namespace {

std::optional<Finding> find_denied(const LoadedWithFile& module,
                                   const ConfiguredLoadPaths& load_paths) {
  const ModuleLoadPaths its = load_paths.of(module.loaded->name);
  if (its.presence != Presence::loadable || !its.denied) return std::nullopt;
  return Finding{its.name, "is denied, and is loaded now", evidence_of_deny(its)};
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_load_paths(facts, derived, find_denied);
}

}  // namespace

extern const Check conf_012_denied_module_loaded{
    .id = "CONF-012",
    .title = "No denied module is loaded",
    .fault = "A denied module is loaded",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The list of loaded modules is compared with the load paths of each. It fails for each "
        "loaded module that only insmod can load.",
    .rationale =
        "The configuration leaves no way in for this module but insmod, and it is in the "
        "kernel. It was loaded before the deny was written, came with an initramfs that does "
        "not have the deny, or root inserted it by hand.",
    .remedy =
        "Remove it with modprobe -r, or reboot. If it comes back, rebuild the initramfs: it "
        "holds a copy of modprobe.d. If it comes back even then, find out who inserts it.",
    .command = "kmodsec unload {}",
    .references = {"man:modprobe.d(5)", "man:update-initramfs(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
