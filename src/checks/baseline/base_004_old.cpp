// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t week = 7 * 86'400;

Verdict evaluate(const Facts& facts, const Derived&) {
  if (has_foreign_baseline(facts)) return unknown(of_another_host());
  const bool has_no_check = facts.baseline && facts.baseline->exists && !facts.baseline->check;
  if (has_no_check && !facts.baseline->flaw.empty()) return unknown(why_no_check(*facts.baseline));
  return judge_baseline(facts, [&](const BaselineStatus& status) -> std::string {
    if (!status.check) return "no check of it is noted";
    if (facts.time < status.check->time) return "was last checked in the future: see the clock";
    return facts.time - status.check->time > week ? "was last checked more than a week ago" : "";
  });
}

}  // namespace

extern const Check base_004_old{
    .id = "BASE-004",
    .title = "The baseline was checked in the last week",
    .fault = "The baseline was not checked in the last week",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The time of the last baseline check, which the store keeps. It fails where that is more "
        "than seven days ago, in the future, or not noted. A check with --root, or of a store that "
        "was named, is not noted.",
    .rationale =
        "A baseline shows a change only when it is checked. CIS asks for a check at least every "
        "week.",
    .remedy = "Run kmodsec baseline check every day, from a timer or a cron job.",
    .command = "kmodsec baseline check",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
