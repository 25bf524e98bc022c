// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>

#include "app/usage/learn.hpp"
#include "model/facts.hpp"
#include "model/seen.hpp"

namespace kmodsec {

/// The record that the options name: --store, else that of this host, of the tree, or of the
/// snapshot. Empty where the host has none; `not_found` where --store names no file.
Seen<UsageRecord> read_record(const LearnOptions& options);

/// The host that the options name, without more than its identity.
Result<Facts> host_of_record(const LearnOptions& options);

/// When a record is changed, in seconds since 1970-01-01T00:00:00Z: for the one of this host
/// `time_of_change()`, as it decides what stays loadable; for a store that was named
/// `time_of_looking()`.
std::int64_t time_of_recording(const LearnOptions& options);

/// `usage` where the record is of another host than that of these facts.
Result<void> is_of_host(const UsageRecord& record, const Facts& facts);

/// Changes a copy of the record in memory, and puts it in the place of the old one; returns the
/// new. Other runs that change it wait. The file, and its folder, are made where they are missing.
/// Errors: `usage` for a snapshot, and for a tree without --store; `denied` where others than root
/// may change the record of this host.
using ChangeRecord = std::function<Result<UsageRecord>(UsageRecord)>;
Result<UsageRecord> change_record(const LearnOptions& options, const ChangeRecord& change);

}  // namespace kmodsec
