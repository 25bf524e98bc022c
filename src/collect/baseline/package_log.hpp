// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/host/package_transaction.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What the package manager of the machine has done since a time, oldest first, by dpkg's log and
/// its older parts, or, where there is none, by what rpm tells of each installed package.
Seen<std::vector<PackageTransaction>> collect_package_log(const Root& root, std::int64_t since);

}  // namespace kmodsec
