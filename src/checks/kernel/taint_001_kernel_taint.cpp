// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) { return judge_kernel_taint(facts, true); }

}  // namespace

extern const Check taint_001_kernel_taint{
    .id = "TAINT-001",
    .title = "No module has tainted the kernel",
    .fault = "A module has tainted the kernel",
    .severity = Severity::medium,
    .needs = Needs::live_kernel,
    .method = "/proc/sys/kernel/tainted. It fails for each letter that a module causes.",
    .rationale =
        "The kernel marks itself for good when a module is proprietary, out of tree, "
        "unsigned, forced, from staging or a live patch. The mark outlives the module and "
        "stays until the next boot.",
    .remedy =
        "See which loaded module carries the letter (kmodsec list --tainted). A live patch "
        "or a driver that you chose is expected; anything else is worth an explanation.",
    .follows = {"MODULE-001", "MODULE-002", "MODULE-003", "MODULE-004"},
    .references = {"linux:Documentation/admin-guide/tainted-kernels.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
