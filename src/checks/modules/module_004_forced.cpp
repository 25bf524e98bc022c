// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_taint_letter(facts, 'F',
                            "was loaded by force, past the checks that it fits this kernel");
}

}  // namespace

extern const Check module_004_forced{
    .id = "MODULE-004",
    .title = "No loaded module was forced into the kernel",
    .fault = "A loaded module was forced into the kernel",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The taint of each loaded module in /sys/module. It fails for each with the letter F.",
    .rationale =
        "modprobe --force and insmod --force skip the version checks, and with them the "
        "signature check. The module may have been built for another kernel and can corrupt "
        "this one.",
    .remedy = "Unload it, or reboot, and load a module that was built for this kernel.",
    .command = "kmodsec show {}",
    .references = {"man:modprobe(8)", "linux:kernel/module/main.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
