// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/dyad.hpp"

#include "format/cves/known_cves.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto versions = parse_dyad(input);
  if (versions) require(are_cve_versions(*versions));
}
