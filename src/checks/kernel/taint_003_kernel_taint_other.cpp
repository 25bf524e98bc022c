// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) { return judge_kernel_taint(facts, false); }

}  // namespace

extern const Check taint_003_kernel_taint_other{
    .id = "TAINT-003",
    .title = "Nothing other than a module has tainted the kernel",
    .fault = "Something other than a module has tainted the kernel",
    .severity = Severity::low,
    .needs = Needs::live_kernel,
    .method = "/proc/sys/kernel/tainted. It fails for each letter that no module causes.",
    .rationale =
        "Taints that no module causes come from hardware errors, warnings, crashes or firmware "
        "bugs since boot. By themselves they do not mean an attack, but a failed exploit often "
        "leaves one.",
    .remedy =
        "Read the kernel log around the first such message. The taint itself is cleared "
        "only by a reboot.",
    .references = {"linux:Documentation/admin-guide/tainted-kernels.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
