// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The file that `kmodsec deny` and its kin edit. The administrator's others lie in policy.d beside
/// it and are read after it, in the order of their names.
inline constexpr std::string_view policy_path = "/etc/kmodsec/policy.toml";

/// The host's policy; an empty one where the host has none. A file that others than root may write
/// is an error.
Seen<Policy> collect_policy(const Root& root);

}  // namespace kmodsec
