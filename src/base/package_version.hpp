// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <compare>
#include <string_view>

namespace kmodsec {

/// Orders two versions of packages as dpkg does (deb-version(7); lib/dpkg/version.c of dpkg 1.21):
/// the epoch, the version of upstream, the revision; letters before other signs, and '~' before the
/// end. Of runs of letters rpm thinks otherwise: "427.13.1" is newer there than "427.el9".
std::strong_ordering compare_package_versions(std::string_view left, std::string_view right);

}  // namespace kmodsec
