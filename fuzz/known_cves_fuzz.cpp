// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/print_known_cves.hpp"
#include "format/cves/known_cves.hpp"

#include <algorithm>
#include <string>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto tables = parse_known_cves(input);
  if (!tables) return;
  const auto id_of = [](const KnownCve& cve) { return *parse_cve_id(cve.id); };
  require(std::ranges::is_sorted(tables->cves, {}, id_of));
  const std::string printed = print_known_cves(*tables);
  const auto again = parse_known_cves(printed);
  require(again && print_known_cves(*again) == printed);
  for (const KnownCve& cve : tables->cves) {
    require(cve.versions.empty() || are_cve_versions(cve.versions));
    require(cve.score.empty() || cve.score.size() == 8);
  }
}
