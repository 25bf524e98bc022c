// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_baseline(facts, [](const BaselineStatus& status) -> std::string {
    const bool fits = status.flaw.empty();
    return fits && !status.is_signed ? "root can record it again, and nobody would notice" : "";
  });
}

}  // namespace

extern const Check base_005_unsigned{
    .id = "BASE-005",
    .title = "The baseline is signed",
    .fault = "The baseline is not signed",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The signature of the newest generation in the store of the baseline. It fails where there "
        "is none.",
    .rationale =
        "Root can rewrite the store with all its digests. Only what is kept elsewhere, a copy or "
        "the key of a signature, reveals that. An audit has no key: it sees whether there is a "
        "signature, not whose it is.",
    .remedy =
        "Sign it by kmodsec baseline sign --key FILE, with a private Ed25519 key that is not kept "
        "on this host. Check it by kmodsec baseline check --signed-by FILE, with the public key.",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
