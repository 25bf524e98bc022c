// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// The gap in `TrustSources::unseen` of places where private keys may lie, and that were left out
/// of a capture or are not for this user to look into. Whom a kernel trusts does not hang on these.
inline constexpr std::string_view private_keys_gap = "private keys of module signing";

}  // namespace kmodsec
