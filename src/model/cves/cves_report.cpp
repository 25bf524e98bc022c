// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/cves_report.hpp"

namespace kmodsec {

VulnerabilityCounts counts_of(const std::vector<CveAnswer>& answers) {
  VulnerabilityCounts counts{.known = answers.size()};
  for (const CveAnswer& answer : answers) {
    if (!is_open(answer.verdict.status)) continue;
    const bool untold = answer.verdict.status == VexStatus::under_investigation;
    ++(untold ? counts.under_investigation : counts.affected);
    if (!is_notable(answer)) continue;
    ++counts.exploited;
    if (untold) ++counts.exploited_untold;
  }
  return counts;
}

std::string_view to_string(MitigationKind kind) {
  switch (kind) {
    case MitigationKind::update: return "update";
    case MitigationKind::deny: return "deny";
    case MitigationKind::unload: return "unload";
    case MitigationKind::in_use: return "in_use";
    case MitigationKind::built_in: return "built_in";
    case MitigationKind::not_closed: return "not_closed";
    case MitigationKind::ask_maker: return "ask_maker";
    case MitigationKind::newer_data: break;
  }
  return "newer_data";
}

}  // namespace kmodsec
