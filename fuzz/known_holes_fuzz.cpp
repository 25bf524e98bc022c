// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/print_known_holes.hpp"
#include "format/cves/known_holes.hpp"

#include <algorithm>
#include <string>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto tables = parse_known_holes(input);
  if (!tables) return;
  const auto id_of = [](const HoleRecord& hole) { return *parse_hole_id(hole.id); };
  require(std::ranges::is_sorted(tables->holes, {}, id_of));
  const std::string printed = print_known_holes(*tables);
  const auto again = parse_known_holes(printed);
  require(again && print_known_holes(*again) == printed);
  for (const HoleRecord& hole : tables->holes) {
    require(hole.versions.empty() || are_hole_versions(hole.versions));
    require(hole.score.empty() || hole.score.size() == 8);
  }
}
