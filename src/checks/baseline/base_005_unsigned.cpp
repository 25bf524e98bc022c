// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_baseline(facts, [](const BaselineStatus& status) -> std::string {
    const bool fits = status.flaw.empty();
    return fits && !status.is_signed ? "who is root can record it anew, and nobody would see it"
                                     : "";
  });
}

}  // namespace

extern const Check base_005_unsigned{
    .id = "BASE-005",
    .title = "The baseline is signed",
    .fault = "The baseline is not signed",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .rationale =
        "Who is root can write the store anew with all its digests. Only what is kept "
        "elsewhere, a copy or the key of a signature, tells that. An audit has no key: it sees "
        "whether "
        "there is a signature, not whose.",
    .remedy =
        "kmodsec baseline sign --key FILE with a private Ed25519 key that is not kept on this "
        "host, and kmodsec baseline check --signed-by FILE with its public key.",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
