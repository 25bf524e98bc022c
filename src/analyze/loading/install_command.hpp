// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// What an install command leaves behind. modprobe hands it to a shell.
enum class CommandEffect {
  fails,     ///< It is false(1) or the like: nothing loads, and the request fails.
  pretends,  ///< It is true(1) or the like: nothing loads, and the request succeeds.
  unknown,   ///< It is a program: what it does, and whether it loads the module, is its own affair.
};

CommandEffect effect_of_command(std::string_view command);

}  // namespace kmodsec
