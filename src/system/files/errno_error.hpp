// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cerrno>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// The failure that `code` of errno(3) stands for, with the system's words as its reason.
std::unexpected<Error> errno_error(std::string_view subject, int code = errno);

}  // namespace kmodsec
