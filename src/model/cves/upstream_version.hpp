// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace kmodsec {

/// A release of kernel.org: "6.1" of the mainline, "6.1.192" of a stable branch, and before 3.0
/// "2.6.32" and "2.6.32.5".
struct UpstreamVersion {
  struct Mainline {
    unsigned major = 0;
    unsigned minor = 0;
    unsigned third = 0;  ///< Of 2.x alone.

    auto operator<=>(const Mainline&) const = default;
  };

  Mainline mainline;
  std::optional<unsigned> patch;   ///< Of a stable release.
  bool release_candidate = false;  ///< "7.2-rc3": between two releases of the mainline.

  /// The name of its branch, "6.1" or "2.6.32".
  std::string branch() const;

  bool operator==(const UpstreamVersion&) const = default;
};

/// The version that `text` begins with. What follows it, as in "6.12.5-200.fc41", is not looked at,
/// but for "-rc". Nothing when there is none.
std::optional<UpstreamVersion> parse_upstream_version(std::string_view text);

}  // namespace kmodsec
