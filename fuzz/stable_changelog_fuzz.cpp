// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/stable_changelog.hpp"

#include "format/cves/known_cves.hpp"
#include "format/cves/title_digest.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const StableChangelog changelog = parse_stable_changelog(input);
  for (const StableChange& change : changelog.changes) {
    require(change.release.patch.has_value());
    require(change.digest.empty() || change.digest.size() == title_digest_size);
    for (const std::string& id : change.ids) require(parse_cve_id(id).has_value());
  }
}
