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
/// where an event of the audit log, a device or the configuration tells; and what the audit log saw
/// come, and go since the newest recording. A clock that was set back moves nothing back. Bounded
/// by the limits of usage_record.hpp: what was imported goes before what was seen here, and then
/// what was seen last longest ago. Without the list of loaded modules the record stays as it is.
UsageRecord with_sighting(UsageRecord record, const Facts& facts);

/// The record with names from elsewhere, which were never seen on this host. `from` says where:
/// a file, or a host. What the record has already stays as it is, and what is no name of a module
/// is left out. Names are normalised.
UsageRecord with_imported(UsageRecord record, std::span<const std::string> names,
                          std::string_view from, std::int64_t time);

/// The record with a load that enforcement would have stopped, for each module that `closed` has
/// and that is loaded, or was by the audit log. The first time only begins the observation: what is
/// loaded then is what it starts from. `closed` has to be of the record before this sighting, or
/// nothing is ever stopped.
UsageRecord with_stopped(UsageRecord record, const Facts& facts,
                         const std::set<std::string>& closed);

/// The record without these modules, and without who would have been stopped for them.
UsageRecord without_modules(UsageRecord record, const std::set<std::string>& names);

/// The modules that a record has.
std::set<std::string> modules_of(const UsageRecord& record);

/// Several records as one: the union of their modules, for hosts of the same role. Of a module that
/// several have it holds the first and the last time, and the boots of the host with most of them.
/// The machine is the one that all are of; empty where they are of several.
UsageRecord joined(std::span<const UsageRecord> records);

}  // namespace kmodsec
