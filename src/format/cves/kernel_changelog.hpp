// SPDX-License-Identifier: GPL-2.0-or-later
//
// The changelog of a Debian kernel package (deb-changelog(5)): an entry for each version, newest
// first, with items like "- net: gso: limit recursive segmentation (CVE-2026-98853)", which go on
// in the next line where they are long, and 'Revert "title"' for what was taken back. The items of
// an entry are in the order in which the changes were made, oldest first, as upstream's are below
// the address of each ChangeLog of kernel.org.
#pragma once

#include <string_view>

#include "model/cves/kernel_changelog.hpp"

namespace kmodsec {

/// The vulnerabilities that it names as fixed, and the changes that its maker took in alone; no
/// more than 16,384 of these, the newest. The path stays empty. Anything else in it is passed over,
/// so no text is an error.
KernelChangelog parse_kernel_changelog(std::string_view text);

}  // namespace kmodsec
