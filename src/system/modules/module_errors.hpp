// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <expected>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// Why a module did not get in, or did not go, for an administrator: `code` of errno(3) as the
/// kernel or libkmod gave it.
std::unexpected<Error> load_error(std::string_view module, int code);
std::unexpected<Error> unload_error(std::string_view module, int code);

}  // namespace kmodsec
