// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "analyze/cves/kernel_origin.hpp"
#include "model/cves/cve_tracker.hpp"
#include "model/cves/cve_verdict.hpp"

namespace kmodsec {

/// Gives the verdict on a vulnerability that the tracker of the kernel's distribution leads to.
/// What is open by the version, the tracker decides. What its package's changelog names as fixed
/// stays so. Where the version says that there is nothing, and the tracker that there is, nobody
/// can tell. A fix that was taken back, in the package `reverted`, is one again only when the
/// tracker names a later package.
CveVerdict with_tracker(CveVerdict verdict, const CveTracker& tracker, std::string_view id,
                        const KernelOrigin& origin, std::string_view reverted);

/// Whether two versions of packages are of one line: the same branch of upstream, the same base,
/// and the same release of the distribution where a '~' or ".el" tells it. "6.1.176-1" and
/// "6.1.192-3" are, "6.12.90-1" and "6.12.90-1~deb12u1" are not.
bool is_same_line(std::string_view left, std::string_view right);

}  // namespace kmodsec
