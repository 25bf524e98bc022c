// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the record of used modules is kept: an SQLite database that is read, and written, as a
// whole. Pages that somebody else wrote are not written out again.
#pragma once

#include <string>

#include "base/result.hpp"
#include "model/usage/usage_record.hpp"

namespace kmodsec {

/// The record in the bytes of a store, whoever wrote it. `path` names it in errors. Errors:
/// `not_found` without any bytes; `malformed` for what is no store, or holds what no record has:
/// a name that is none of a module, more than the limits of usage_record.hpp; `unsupported` for a
/// store that a newer version wrote.
Result<UsageRecord> read_usage_store(std::string bytes, const std::string& path);

/// The bytes of a store with this record: the same record, the same bytes.
Result<std::string> usage_store_bytes(const UsageRecord& record, const std::string& path);

}  // namespace kmodsec
