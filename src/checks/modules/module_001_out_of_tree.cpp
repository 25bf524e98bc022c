// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_taint_letter(facts, 'O', "was not built as part of the kernel");
}

}  // namespace

extern const Check module_001_out_of_tree{
    .id = "MODULE-001",
    .title = "No loaded module comes from outside the kernel tree",
    .fault = "A loaded module comes from outside the kernel tree",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "The taint of each loaded module in /sys/module. It fails for each with the letter O.",
    .rationale =
        "Code from outside the tree was not reviewed with the kernel, and gets its fixes "
        "from somebody else. The letter depends on a field of the module file that anybody "
        "can set, so its absence proves nothing.",
    .remedy =
        "Check that you know where it comes from (kmodsec show NAME: package, signer, "
        "path). Prefer the in-tree driver where there is one.",
    .follows = {"FILE-001", "MODULE-003"},
    .references = {"linux:kernel/module/main.c",
                   "linux:Documentation/admin-guide/tainted-kernels.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
