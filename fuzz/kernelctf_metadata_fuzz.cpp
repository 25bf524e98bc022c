// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kernelctf_metadata.hpp"

#include "format/cves/known_holes.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto told = parse_kernelctf_metadata(input);
  if (told) require(parse_hole_id(told->id).has_value());
}
