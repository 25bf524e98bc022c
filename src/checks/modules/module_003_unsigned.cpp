// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_taint_letter(facts, 'E', "was loaded without a signature that this kernel accepts");
}

}  // namespace

extern const Check module_003_unsigned{
    .id = "MODULE-003",
    .title = "No loaded module lacks an accepted signature",
    .fault = "A loaded module lacks an accepted signature",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The taint of each loaded module in /sys/module. It fails for each with the letter E.",
    .rationale =
        "The kernel found no signature, or none by a key that it trusts, when the module was "
        "loaded. This is what the kernel saw then, not what is on the disk now. Kernels built "
        "without signature checking never set the letter.",
    .remedy =
        "Find out where it came from. Sign it with an enrolled key, or remove it; then have "
        "the kernel refuse the next one (see SIG-001).",
    .command = "kmodsec show {}",
    .follows = {"FILE-001", "SIG-002", "SIG-003", "SIG-004"},
    .references = {"linux:kernel/module/signing.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
