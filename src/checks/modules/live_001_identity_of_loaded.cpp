// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

#include <utility>

#include "analyze/kernel/running_image.hpp"

namespace kmodsec {
namespace {

bool was_upgraded_away(const Facts& facts, const Derived& derived) {
  return derived.running_tree != nullptr && derived.running_tree->image &&
         !is_running_image(facts.kernel, *derived.running_tree->image);
}

std::optional<Finding> find_another(const LoadedWithFile& module) {
  if (module.identity.status != IdentityStatus::different) return std::nullopt;
  return Finding{module.loaded->name, module.identity.reason, module.identity.evidence};
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  Verdict verdict = judge_loaded_files(facts, derived, find_another);
  if (verdict.status == Status::fail && was_upgraded_away(facts, derived))
    return not_applicable("the files belong to another build of the kernel: see LIVE-002");
  for (const LoadedWithFile& module : derived.modules) {
    if (module.file != nullptr && module.identity.status == IdentityStatus::cannot_tell)
      verdict.unseen.push_back({"/sys/module/" + module.loaded->name, module.identity.reason});
  }
  return judge(std::move(verdict.findings), std::move(verdict.unseen));
}

}  // namespace

extern const Check live_001_identity_of_loaded{
    .id = "LIVE-001",
    .title = "Each loaded module is the one in its file",
    .fault = "A loaded module is not the one in its file",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The build-id, source hash and type information that the kernel shows of each loaded "
        "module are compared with those in its file. It fails for each module where they differ.",
    .rationale =
        "The kernel shows the build-id and the type information of what it has loaded. Where they "
        "differ from the file's, the file was replaced after the load, or the module came from "
        "another place: what any tool says about the file is then not about the loaded module.",
    .remedy =
        "Unload the module and load it by name, or reboot. If its origin stays unexplained, "
        "treat the host as compromised.",
    .command = "kmodsec show {}",
    .references = {"linux:kernel/module/sysfs.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
