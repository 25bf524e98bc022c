// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/kernel_changelog.hpp"
#include "format/cves/title_digest.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const KernelChangelog changelog = parse_kernel_changelog(input);
  require(std::ranges::is_sorted(changelog.mentions, {}, &ChangelogMention::id));
  for (const ChangelogMention& mention : changelog.mentions) require(mention.id.size() >= 9);
  require(std::ranges::is_sorted(changelog.changes, {}, &ChangelogChange::digest));
  for (const ChangelogChange& change : changelog.changes)
    require(change.digest.size() == title_digest_size);
}
