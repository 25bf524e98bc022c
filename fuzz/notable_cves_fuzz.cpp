// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/notable_cves.hpp"

#include "format/cves/known_cve_fields.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto cves = parse_notable_cves(input);
  if (!cves) return;
  for (const NotableCve& cve : *cves) require(is_printable_row(cve.modules + cve.links));
}
