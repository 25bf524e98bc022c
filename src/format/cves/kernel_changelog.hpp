// SPDX-License-Identifier: GPL-2.0-or-later
//
// The changelog of a Debian kernel package (deb-changelog(5)): an entry for each version, newest
// first, with items like "- net: gso: limit recursive segmentation (CVE-2026-98853)", which go on
// in the next line where they are long, and 'Revert "title"' for what was taken back.
#pragma once

#include <string_view>
#include <vector>

#include "model/cves/kernel_changelog.hpp"

namespace kmodsec {

/// The vulnerabilities that it names as fixed. Anything else in it is passed over, so no text is an
/// error.
std::vector<ChangelogMention> parse_kernel_changelog(std::string_view text);

}  // namespace kmodsec
