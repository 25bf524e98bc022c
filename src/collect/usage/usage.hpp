// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Where a host keeps the record of what it used, by default.
inline constexpr std::string_view usage_store_path = "/var/lib/kmodsec/usage.db";

/// The bytes of a store, which is replaced as a whole. Errors: `io` for what stands half written.
Result<std::string> read_usage_store_file(const Root& root, const std::string& path);

/// The record of the host, empty where it has none. `denied` where others than root may change it:
/// it decides what stays loadable.
Seen<UsageRecord> collect_usage_record(const Root& root);

/// This record, the devices of the host, and what its services will ask for.
void collect_usage(const Root& root, Facts& facts);

}  // namespace kmodsec
