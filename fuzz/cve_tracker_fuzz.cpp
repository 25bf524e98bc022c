// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/cve_tracker.hpp"

#include <algorithm>

#include "format/cves/known_cves.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto statements = parse_cve_tracker(input);
  if (!statements) return;
  require(std::ranges::is_sorted(*statements, {}, &TrackerStatement::id));
  for (const TrackerStatement& statement : *statements) {
    require(parse_cve_id(statement.id).has_value());
    require((statement.status == TrackerStatus::fixed) == !statement.fixed_in.empty());
  }
}
