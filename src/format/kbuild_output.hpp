// SPDX-License-Identifier: GPL-2.0-or-later
//
// What GNU make prints of a folder's Makefile when it is asked for what kbuild would build.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/kbuild.hpp"

namespace kmodsec {

/// The makefile that has make print it. It takes `kmodsec_file`, the Makefile of the folder
/// `kmodsec_folder`, and `kmodsec_config`, the symbols that are set.
std::string_view kbuild_question();

/// Nothing when make ended before it had answered. What else it says is passed over.
std::optional<KbuildVariables> parse_kbuild_output(std::string_view output);

/// The symbols that a Makefile asks for, without "CONFIG_". Views into `makefile`.
std::vector<std::string_view> symbols_in_makefile(std::string_view makefile);

/// The files that it includes by "$(srctree)/". Views into `makefile`.
std::vector<std::string_view> includes_in_makefile(std::string_view makefile);

}  // namespace kmodsec
