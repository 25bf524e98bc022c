// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "format/loading/load_commands.hpp"

namespace kmodsec {

/// Where commands were found.
struct CommandPlace {
  std::string path;  ///< Of the file, as text.
  std::string by;    ///< What runs them, in words.
};

/// Adds what commands ask for, and as a gap what they load past all denies without a name, and
/// where a host asks for more than any needs.
void append_requests(LoadCommands found, const CommandPlace& place, LoadConfig& config);

}  // namespace kmodsec
