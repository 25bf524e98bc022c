// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto& state = facts.kernel.secure_boot;
  if (!state) return unknown(state.error());
  if (*state == SecureBoot::unsupported)
    return not_applicable("this machine did not start through EFI firmware");
  if (*state == SecureBoot::enabled) return judge({});
  return judge(
      {{"firmware",
        "Secure Boot is off: the firmware starts any kernel, also one that trusts other keys",
        {{"/sys/firmware/efi/efivars", {}, "disabled"}}}});
}

}  // namespace

extern const Check kernel_002_secure_boot_state{
    .id = "KERNEL-002",
    .title = "Secure Boot is enabled",
    .fault = "Secure Boot is not enabled",
    .severity = Severity::low,
    .needs = Needs::live_kernel,
    .method = "The variable SecureBoot of the EFI firmware. It fails where Secure Boot is off.",
    .rationale =
        "A module signature is only as good as the kernel that checks it. With Secure Boot off, "
        "whoever can write the boot partition can start a kernel that checks nothing.",
    .remedy =
        "Enable Secure Boot in the firmware set-up. Enrol the key of your own modules first "
        "(mokutil --import), or they will not load afterwards.",
    .references = {"man:mokutil(1)", "linux:include/linux/efi.h"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
