// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "base/utc_time.hpp"
#include "model/check.hpp"
#include "model/usage/usage_readiness.hpp"

namespace kmodsec {
namespace {

Finding finding_of(const StoppedLoad& load) {
  Finding finding{load.module,
                  fmt::format("was last loaded on {} UTC, and is not among what the host keeps",
                              utc_text(load.last_seen)),
                  {}};
  for (const Requester& one : load.requesters)
    finding.evidence.push_back(
        {std::string(to_string(one.kind)), {}, one.detail.empty() ? "asked for it" : one.detail});
  if (finding.evidence.empty())
    finding.evidence.push_back({"kmodsec learn show", {}, "who asked for it was not seen"});
  return finding;
}

/// Why a quiet record proves nothing.
std::optional<std::string> why_not_observed(const UsageRecord& record, const Facts& facts) {
  const auto& here = facts.host.machine_id;
  if (!record.observed_since || record.boots.empty())
    return "nothing was observed on this host yet";
  if (!here) return "it was not seen which host this is: " + here.error().reason;
  if (record.machine != *here) return "the record is of another host";
  const std::int64_t last = std::ranges::max(record.boots, {}, &RecordedBoot::last_seen).last_seen;
  if (last > facts.time - least_quiet_seconds) return std::nullopt;
  return fmt::format("nothing was recorded since {} UTC", utc_text(last));
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.policy) return unknown(facts.policy.error());
  const bool observes =
      facts.policy->deny.everything_else && facts.policy->keep.mode == KeepMode::observe;
  if (!observes) return not_applicable("the policy observes nothing");
  if (!facts.usage) return unknown(facts.usage.error());
  std::vector<Finding> findings;
  for (const StoppedLoad& load : facts.usage->stopped) {
    if (load.last_seen > facts.time - least_quiet_seconds) findings.push_back(finding_of(load));
  }
  std::vector<Unseen> unseen;
  if (const auto why = why_not_observed(*facts.usage, facts))
    unseen.push_back({"what enforcement would have stopped", *why});
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check policy_006_observed_loads{
    .id = "POLICY-006",
    .title = "Nothing was loaded that enforcement would have stopped",
    .fault = "A module was loaded that enforcement would have stopped",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "Where the policy observes what it would deny, the record of use. It fails for each module "
        "that was loaded within the last week although the host did not keep it then.",
    .rationale =
        "While the mode is \"observe\" nothing is denied. What is loaded for the first time then "
        "is "
        "kept from then on, as it is used; it shows that the record was not complete, or that "
        "somebody loads what this host does not need.",
    .remedy =
        "kmodsec learn ready tells who asked for it. Where it is wanted, wait until nothing new "
        "comes for a week; where it is not, kmodsec learn forget MODULE takes it out of the "
        "record.",
    .command = "kmodsec learn ready",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
