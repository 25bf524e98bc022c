// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  const KernelState& kernel = facts.kernel;
  if (!kernel.modules_disabled) return unknown(kernel.modules_disabled.error());
  if (!*kernel.modules_disabled) return not_applicable("module loading is not frozen");
  const auto& disabled = kernel.kexec_load_disabled;
  if (!disabled && disabled.error().kind == ErrorKind::unsupported) return judge({});
  if (!disabled) return unknown(disabled.error());
  const bool locked = kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
  if (*disabled || locked) return judge({});
  return judge({{"kernel",
                 "kexec is open: root can start another kernel that loads what it likes",
                 {{"/proc/sys/kernel/kexec_load_disabled", {}, "0"},
                  {"/proc/sys/kernel/modules_disabled", {}, "1"}}}});
}

}  // namespace

extern const Check freeze_002_kexec_bypass{
    .id = "FREEZE-002",
    .title = "A frozen kernel cannot be replaced through kexec",
    .fault = "A frozen kernel can be replaced through kexec",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "/proc/sys/kernel/kexec_load_disabled and lockdown, where modules_disabled is 1. It fails "
        "where neither stops kexec.",
    .rationale =
        "modules_disabled ends with the kernel that it was set in. kexec starts another one "
        "without passing the firmware, and so undoes the freeze without a reboot that "
        "anybody would notice.",
    .remedy =
        "Write 1 to /proc/sys/kernel/kexec_load_disabled after the crash kernel, if there "
        "is one, has been loaded; or lock the kernel down, which leaves kexec to signed "
        "images.",
    .references = {"linux:Documentation/admin-guide/sysctl/kernel.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
