// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kmodsec {

/// The length of a digest, in hexadecimal digits.
inline constexpr std::size_t title_digest_size = 10;

/// Names the title of a commit, "ext4: fix a leak", as the tables of known vulnerabilities do: the
/// first 40 bits of its SHA-256 in lower-case hexadecimal digits. Empty for a title that is too
/// short to mean one commit.
std::string title_digest(std::string_view title);

}  // namespace kmodsec
