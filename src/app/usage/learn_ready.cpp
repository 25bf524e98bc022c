// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/unrecorded_loads.hpp"
#include "analyze/usage/usage_readiness.hpp"
#include "app/machine.hpp"
#include "app/usage/learn.hpp"
#include "app/usage/record_place.hpp"
#include "model/check.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {

Result<Answer> learn_ready(const LearnOptions& options, const Style& style) {
  auto facts = read_machine(options, {.parts = {Part::posture, Part::usage, Part::auditd}});
  if (!facts) return std::unexpected(facts.error());
  if (!options.store.empty()) facts->usage = read_record(options);
  const UsageReadiness readiness = usage_readiness(*facts);
  const std::string unrecorded = why_loads_go_unrecorded(*facts);
  std::vector<Unseen> unseen;
  note_unseen(facts->usage, unseen);
  note_unseen(facts->policy, unseen);
  const bool not_yet = unseen.empty() && !readiness.ready;
  return Answer{options.format == "json"
                    ? print_usage_readiness_json(readiness, *facts, unrecorded, unseen)
                    : print_usage_readiness_text(readiness, *facts, unrecorded, unseen, style),
                outcome_of(unseen, not_yet), unseen};
}

}  // namespace kmodsec
