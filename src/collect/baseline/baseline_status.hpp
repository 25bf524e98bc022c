// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/baseline/baseline.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Where a host keeps its baseline by default.
inline constexpr std::string_view baseline_store_path = "/var/lib/kmodsec/baseline.db";

/// The bytes of a store, which is replaced as a whole. Errors: `io` where an older version, or
/// somebody else, has left it half written.
Result<std::string> read_baseline_store(const Root& root, const std::string& path);

Seen<BaselineStatus> collect_baseline_status(const Root& root);

}  // namespace kmodsec
