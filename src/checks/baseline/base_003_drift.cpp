// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (has_foreign_baseline(facts)) return unknown(of_another_host());
  if (facts.baseline && facts.baseline->exists) {
    const auto& check = facts.baseline->check;
    if (!check) return unknown(why_no_check(*facts.baseline));
    if (check->suspicious == 0 && check->unseen > 0)
      return unknown({ErrorKind::io, "baseline",
                      "the last check found nothing, and could not look at everything"});
  }
  return judge_baseline(facts, [](const BaselineStatus& status) -> std::string {
    if (!status.check || status.check->suspicious == 0) return {};
    return "the last check found " +
           count_of(static_cast<std::size_t>(status.check->suspicious), "change") +
           " without an explanation";
  });
}

}  // namespace

extern const Check base_003_drift{
    .id = "BASE-003",
    .title = "The last check of the baseline found nothing suspicious",
    .fault = "The last check of the baseline found suspicious changes",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The result of the last baseline check, which the store keeps. The files are not compared "
        "again. It fails where that check found suspicious changes.",
    .rationale =
        "A file that decides what enters the kernel, and that changed without a transaction of "
        "the package manager or the policy of this host, was changed by somebody.",
    .remedy =
        "kmodsec baseline check names each change and why it is suspicious. Accept by name what "
        "is right: kmodsec baseline accept PATH --reason TEXT.",
    .command = "kmodsec baseline check",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
