// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/cves/hole_json.hpp"

#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {

Json hole_json(const HoleAnswer& answer) {
  const HoleRecord& hole = *answer.hole;
  Json links = Json::array();
  for (const std::string_view link : split(hole.links, ' ')) links.push_back(link);
  return {{"id", cve_id(hole)},
          {"status", to_string(answer.verdict.status)},
          {"exploited", text_or_null(to_string(hole.exploit))},
          {"fixed_in", text_or_null(answer.verdict.fixed_in)},
          {"decided_by",
           {{"source", to_string(answer.verdict.decider)}, {"text", answer.verdict.words}}},
          {"trigger", text_or_null(hole.trigger)},
          {"score", text_or_null(hole.score)},
          {"links", std::move(links)}};
}

}  // namespace kmodsec
