// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "model/check.hpp"
#include "model/kernel/taint.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto& taint = facts.kernel.taint;
  if (!taint) return unknown(taint.error());
  std::vector<Finding> findings;
  for (const TaintFlag& flag : decode_taint(*taint)) {
    if (!flag.by_module)
      findings.push_back(
          {flag.letter == '?' ? fmt::format("taint bit {}", flag.bit)
                              : fmt::format("taint {}", flag.letter),
           std::string(flag.meaning),
           {{"/proc/sys/kernel/tainted", {}, fmt::format("{} has bit {}", *taint, flag.bit)}}});
  }
  return judge(std::move(findings));
}

}  // namespace

extern const Check taint_003_kernel_taint_other{
    .id = "TAINT-003",
    .title = "Nothing else has tainted the kernel",
    .severity = Severity::low,
    .needs = Needs::live_kernel,
    .rationale =
        "Taints that no module causes tell of hardware errors, warnings, crashes or "
        "firmware bugs since boot. They are no attack by themselves, but a failed exploit "
        "often leaves one.",
    .remedy =
        "Read the kernel log around the first such message. The taint itself is cleared "
        "only by a reboot.",
    .references = {"linux:Documentation/admin-guide/tainted-kernels.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
