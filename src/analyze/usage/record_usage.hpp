// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// The record with what these facts show: each loaded module, what holds it, and who asked for it
/// where an event of the audit log or the configuration tells. A clock that was set back moves
/// nothing back. Bounded by the limits of usage_record.hpp.
UsageRecord with_sighting(UsageRecord record, const Facts& facts);

/// The record with names from elsewhere, which were never seen on this host.
UsageRecord with_imported(UsageRecord record, std::span<const std::string> names,
                          std::string_view from, std::int64_t time);

/// The record with a load that enforcement would have stopped, for each loaded module that
/// `kept` (sorted) has not.
UsageRecord with_stopped(UsageRecord record, const Facts& facts, const std::set<std::string>& kept);

/// Several records as one: the union of their modules, for hosts of the same role.
UsageRecord joined(std::span<const UsageRecord> records);

}  // namespace kmodsec
