// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/cves/cve_json.hpp"

#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {

Json cve_json(const CveAnswer& answer) {
  const KnownCve& cve = *answer.cve;
  Json links = Json::array();
  for (const std::string_view link : split(cve.links, ' ')) links.push_back(link);
  return {{"id", cve_id(cve)},
          {"status", to_string(answer.verdict.status)},
          {"exploited", text_or_null(to_string(cve.exploit))},
          {"fixed_in", text_or_null(answer.verdict.fixed_in)},
          {"decided_by",
           {{"source", to_string(answer.verdict.decider)}, {"text", answer.verdict.words}}},
          {"trigger", text_or_null(cve.trigger)},
          {"score", text_or_null(cve.score)},
          {"links", std::move(links)}};
}

}  // namespace kmodsec
