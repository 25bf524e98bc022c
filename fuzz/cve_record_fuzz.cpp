// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/cve_record.hpp"

#include "cve-tables/source_path.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto record = parse_cve_record(input);
  if (!record) return;
  require(!record->files.empty());
  for (const std::string& file : record->files) require(is_source_path(file));
  require(record->score.empty() || record->score.size() == 8);
}
