// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_baseline(facts, [](const BaselineStatus& status) { return status.flaw; });
}

}  // namespace

extern const Check base_002_altered{
    .id = "BASE-002",
    .title = "The store of the baseline is intact",
    .fault = "The store of the baseline was damaged or altered",
    .severity = Severity::critical,
    .needs = Needs::module_support,
    .method =
        "The chain of digests in the store of the baseline. It fails where a digest does not fit.",
    .rationale =
        "Each generation names the digest of the one before, and its own covers every entry. A "
        "store that does not fit was edited by hand, cut, or damaged, and what it says of the "
        "files is worth nothing.",
    .remedy =
        "Compare the host with a copy or a signed store kept elsewhere: kmodsec baseline check "
        "--against FILE. Find out who wrote to /var/lib/kmodsec before a new baseline is made.",
    .command = "kmodsec baseline check",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
