// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.baseline) return unknown(facts.baseline.error());
  if (has_foreign_baseline(facts))
    return baseline_finding(*facts.baseline, "the one that is there was recorded on another host");
  if (facts.baseline->exists) return judge({});
  return baseline_finding(*facts.baseline,
                          "no earlier state of the files was recorded to compare with");
}

}  // namespace

extern const Check base_001_missing{
    .id = "BASE-001",
    .title = "This host has a baseline",
    .fault = "This host has no baseline",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The store of the baseline. It fails where there is none, and where it was recorded on "
        "another host, by its machine id.",
    .rationale =
        "Without a record of what was there, nobody can tell whether a module, an index, an "
        "initramfs or a line of modprobe.d was changed, or when.",
    .remedy =
        "On a host that you trust: kmodsec baseline create. Then have kmodsec baseline check "
        "run every day.",
    .command = "kmodsec baseline create",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
