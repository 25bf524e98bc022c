// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_taint_letter(facts, 'P',
                            "declares a licence that is not compatible with the kernel");
}

}  // namespace

extern const Check module_002_proprietary{
    .id = "MODULE-002",
    .title = "No loaded module has a proprietary licence",
    .fault = "A loaded module has a proprietary licence",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The taint of each loaded module in /sys/module. It fails for each with the letter P.",
    .rationale =
        "Nobody but its vendor can read what a proprietary module does, and kernel "
        "developers do not look at crashes of kernels that have loaded one. The licence is "
        "what the module says of itself.",
    .remedy =
        "Replace it with a free driver where there is one; otherwise keep it current with "
        "its vendor's fixes.",
    .references = {"linux:include/linux/license.h"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
