// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.policy) return unknown(facts.policy.error());
  if (facts.policy->freeze.level != FreezeLevel::all)
    return not_applicable("the policy of this host does not ask for a freeze of module loading");
  const auto& disabled = facts.kernel.modules_disabled;
  if (!disabled) return unknown(disabled.error());
  if (*disabled) return judge({});
  return judge({{"kernel",
                 "modules can still be loaded, although the policy asks for freeze.level = all",
                 {{"/proc/sys/kernel/modules_disabled", {}, "0"},
                  {facts.policy->freeze.source, {}, "level = all"}}}});
}

}  // namespace

extern const Check freeze_001_modules_frozen{
    .id = "FREEZE-001",
    .title = "Module loading is frozen where the policy asks for it",
    .fault = "Module loading is not frozen, although the policy asks for it",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "freeze.level of the policy, and /proc/sys/kernel/modules_disabled. It fails where the "
        "policy says all and the switch is 0.",
    .rationale =
        "After kernel.modules_disabled is set nobody can load or unload a module until the next "
        "boot. A host that should be frozen and is not has either not finished starting, or was "
        "never frozen.",
    .remedy =
        "Check that every module the host needs is loaded, then write 1 to "
        "/proc/sys/kernel/modules_disabled, from a late unit and not from sysctl.d: systemd "
        "applies that before most services have asked for their modules.",
    .command = "kmodsec freeze",
    .references = {"linux:Documentation/admin-guide/sysctl/kernel.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
