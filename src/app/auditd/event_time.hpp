// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A time as --since and --until take it, in seconds since 1970: "today", "yesterday", "boot",
/// "now", a duration before now, a day, or a day and a time. In the time zone of this host; in UTC
/// for another one.
Result<std::int64_t> parse_event_time(const std::string& text, const Root& root);

}  // namespace kmodsec
