// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

namespace kmodsec {

/// When a host is looked at, in seconds since 1970-01-01T00:00:00Z: what the clock says, or the
/// time of the variable SOURCE_DATE_EPOCH, so that the same host gives the same bytes
/// (https://reproducible-builds.org/specs/source-date-epoch/).
std::int64_t time_of_looking();

/// When a host is changed, in the same seconds: what the clock says, so that no variable of whoever
/// asks for the change moves the end of an exception or the date of a baseline.
std::int64_t time_of_change();

}  // namespace kmodsec
