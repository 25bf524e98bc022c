// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_taint_letter(facts, 'C', "comes from the staging area of the kernel");
}

}  // namespace

extern const Check module_005_staging{
    .id = "MODULE-005",
    .title = "No loaded module is a staging driver",
    .fault = "A loaded module is a staging driver",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The taint of each loaded module in /sys/module. It fails for each with the letter C.",
    .rationale =
        "Staging drivers are in the tree to be finished there; their quality is below what "
        "the kernel asks elsewhere, and many security fixes concern them.",
    .remedy = "Do without it where you can: deny the module, or replace the device.",
    .references = {"linux:drivers/staging"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
