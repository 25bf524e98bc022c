// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kernelctf_metadata.hpp"

#include "format/cves/known_cves.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto told = parse_kernelctf_metadata(input);
  if (told) require(parse_cve_id(told->id).has_value());
}
