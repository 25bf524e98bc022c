// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// The gap in `TrustSources::unseen` of a capture that leaves out places where private keys may
/// lie. Whom a kernel trusts does not hang on these.
inline constexpr std::string_view private_keys_gap = "private keys of module signing";

}  // namespace kmodsec
