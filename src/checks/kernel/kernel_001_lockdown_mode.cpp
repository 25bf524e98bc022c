// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/kernel/posture_evidence.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto& lockdown = facts.kernel.lockdown;
  if (!lockdown) return unknown(lockdown.error());
  if (*lockdown != Lockdown::none) return judge({});
  return judge({{"kernel",
                 "not locked down: root can change kernel memory without loading a module",
                 {lockdown_evidence(facts.kernel)}}});
}

}  // namespace

extern const Check kernel_001_lockdown_mode{
    .id = "KERNEL-001",
    .title = "The kernel is locked down",
    .fault = "The kernel is not locked down",
    .severity = Severity::medium,
    .needs = Needs::live_kernel,
    .method = "/sys/kernel/security/lockdown. It fails where the mode is none.",
    .rationale =
        "Lockdown separates root from the kernel. Without it root, and whoever becomes "
        "root, can load unsigned modules and write kernel memory through /dev/mem, machine "
        "registers or kexec.",
    .remedy =
        "Add lockdown=integrity to the kernel command line and reboot, or start with Secure "
        "Boot on a distribution that locks down by itself. Writing integrity to "
        "/sys/kernel/security/lockdown raises the level at once, until the next boot; it "
        "cannot be lowered.",
    .references = {"man:kernel_lockdown(7)", "linux:security/lockdown/lockdown.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
