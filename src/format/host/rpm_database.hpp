// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// Hands over the header of each package in an rpmdb.sqlite, the oldest first, until `visit` fails.
/// `bytes` are the whole file, so that SQLite opens none itself. Errors: that of `visit`;
/// `malformed`.
using VisitRpmHeader = std::function<Result<void>(std::string_view header)>;
Result<void> for_each_rpm_header(std::string bytes, const std::string& path,
                                 const VisitRpmHeader& visit);

}  // namespace kmodsec
