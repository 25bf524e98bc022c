// SPDX-License-Identifier: GPL-2.0-or-later
#include <optional>
#include <utility>

#include "base/utc_time.hpp"
#include "model/names.hpp"
#include "report/usage/requesters_json.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {
namespace {

Json time_or_null(const std::optional<std::int64_t>& time) {
  return time ? Json(utc_text(*time)) : Json(nullptr);
}

Json stopped_json(const Facts& facts) {
  Json list = Json::array();
  if (!facts.usage) return list;
  for (const StoppedLoad& load : facts.usage->stopped)
    list.push_back({{"module", load.module},
                    {"first_seen", utc_text(load.first_seen)},
                    {"last_seen", utc_text(load.last_seen)},
                    {"times", load.times},
                    {"requesters", requesters_json(load.requesters)}});
  return list;
}

Json mode_json(const Facts& facts) {
  if (!facts.policy || !facts.policy->deny.everything_else) return nullptr;
  return to_string(facts.policy->keep.mode);
}

}  // namespace

Json readiness_json(const UsageReadiness& readiness) {
  return {{"ready", readiness.ready},
          {"reasons", readiness.reasons},
          {"recorded_seconds", readiness.recorded},
          {"boots", readiness.boots},
          {"observed_since", time_or_null(readiness.observed_since)},
          {"last_stopped", time_or_null(readiness.last_stopped)}};
}

std::string print_usage_readiness_json(const UsageReadiness& readiness, const Facts& facts,
                                       const std::string& unrecorded,
                                       const std::vector<Unseen>& unseen) {
  Json document = json_document("learn-ready", facts);
  document["mode"] = mode_json(facts);
  document["readiness"] = readiness_json(readiness);
  document["unrecorded_loads"] = text_or_null(unrecorded);
  document["stopped"] = stopped_json(facts);
  document["unseen"] = to_json(unseen);
  return print_json(document);
}

}  // namespace kmodsec
