// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/usage/lean_export.hpp"
#include "model/usage/usage_record.hpp"

namespace kmodsec {

/// Another host of a union, or a role: the file that names what it needs, and that as a record.
struct OtherHost {
  std::string from;
  UsageRecord record;
};

/// What each of the others adds to a union: modules that it alone needs, of those which the union
/// keeps (`kept`) and `own` would not keep without it. It takes n·log n of all names.
std::vector<HostShare> host_shares(std::span<const OtherHost> hosts, const KeepSet& own,
                                   const KeepSet& kept);

}  // namespace kmodsec
