// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/notable_holes.hpp"

#include "format/cves/known_hole_fields.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto holes = parse_notable_holes(input);
  if (!holes) return;
  for (const NotableHole& hole : *holes) require(is_printable_row(hole.modules + hole.links));
}
