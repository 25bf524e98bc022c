// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/kernel_changelog.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto mentions = parse_kernel_changelog(input);
  require(std::ranges::is_sorted(mentions, {}, &ChangelogMention::id));
  for (const ChangelogMention& mention : mentions) require(mention.id.size() >= 9);
}
