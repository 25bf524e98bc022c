// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// Texts of which neighbours begin alike, each as a letter and its rest: the letter tells how many
/// bytes it shares with the one before, 63 at most. What was valid UTF-8 stays so.
std::vector<std::string> front_coded(const std::vector<std::string_view>& texts);

/// The text of a coded one behind `previous`. Errors: `malformed`.
Result<std::string> front_decoded(std::string_view coded, std::string_view previous);

}  // namespace kmodsec
