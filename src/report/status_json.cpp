// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/names.hpp"
#include "report/audit_json.hpp"
#include "report/json.hpp"
#include "report/status_report.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {
namespace {

Json failed_json(const HostStatus& status) {
  Json failed;
  for (std::size_t severity = status.failed.size(); severity-- > 0;)
    failed[std::string(to_string(static_cast<Severity>(severity)))] = status.failed[severity];
  return failed;
}

Json reach_json(const HostStatus& status) {
  Json list = Json::array();
  for (const Reach& reach : status.reach)
    list.push_back({{"attacker_position", to_string(reach.position)}, {"modules", reach.modules}});
  return list;
}

Json next_json(const HostStatus& status) {
  Json list = Json::array();
  for (const NextStep& step : status.next)
    list.push_back({{"command", step.command}, {"why", step.why}});
  return list;
}

Json everything_else_json(const HostStatus& status) {
  if (!status.everything_else) return nullptr;
  return {{"mode", to_string(status.facts->policy->keep.mode)},
          {"readiness", readiness_json(*status.everything_else)}};
}

}  // namespace

std::string print_status_json(const HostStatus& status) {
  Json document = json_document("status", *status.facts);
  document["failed"] = failed_json(status);
  document["unknown"] = status.unknown;
  document["loaded"] = status.facts->loaded ? Json(status.facts->loaded->size()) : Json(nullptr);
  document["unsigned"] = or_null(status.not_signed);
  document["unexplained"] = or_null(status.unexplained);
  document["undecided_vulnerabilities"] = or_null(status.undecided_cves);
  document["reach"] = reach_json(status);
  document["everything_else"] = everything_else_json(status);
  document["next"] = next_json(status);
  document["unseen"] = to_json(status.unseen);
  document["waived_gaps"] = waived_gaps_json(status.waived_gaps);
  return print_json(document);
}

}  // namespace kmodsec
