// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "app/options.hpp"
#include "base/result.hpp"

namespace kmodsec {

/// Asks on the terminal whether to go on; `question` says what would be done ("Apply this plan?").
/// With --yes nobody is asked. Errors, of kind `usage`: there is no terminal to ask on, or the
/// answer was not yes.
Result<void> confirm(const ChangeOptions& options, std::string_view question);

}  // namespace kmodsec
