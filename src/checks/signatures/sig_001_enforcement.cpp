// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/kernel/posture_evidence.hpp"
#include "model/check.hpp"
#include "model/kernel/kernel_options.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  const KernelState& kernel = facts.kernel;
  const bool enforced = kernel.sig_enforce.value_or(false);
  const bool locked = kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
  if (enforced || locked || is_built_in(kernel.config, "CONFIG_MODULE_SIG_FORCE")) return judge({});
  if (!kernel.sig_enforce) return unknown(kernel.sig_enforce.error());
  if (!kernel.lockdown) return unknown(kernel.lockdown.error());
  return judge({{"kernel",
                 "unsigned modules are accepted: nothing but a taint letter tells them apart",
                 {evidence_of_no_enforcement(kernel), lockdown_evidence(kernel)}}});
}

}  // namespace

extern const Check sig_001_enforcement{
    .id = "SIG-001",
    .title = "Modules without a valid signature are refused",
    .fault = "Unsigned modules are accepted",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "module.sig_enforce, lockdown and CONFIG_MODULE_SIG_FORCE. It fails where none of them is "
        "on.",
    .rationale =
        "Most distribution kernels check signatures and then load the module anyway, with "
        "the taint letter E. Only module.sig_enforce, lockdown or a kernel built with "
        "CONFIG_MODULE_SIG_FORCE turn a missing or unknown signature into a refusal.",
    .remedy =
        "Add module.sig_enforce=1 to the kernel command line, or lockdown=integrity. At "
        "once and until the next boot: write 1 to "
        "/sys/module/module/parameters/sig_enforce. Sign your own modules first; both are "
        "one-way.",
    .references = {"linux:Documentation/admin-guide/module-signing.rst",
                   "linux:kernel/module/signing.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
