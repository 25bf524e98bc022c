// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/options.hpp"

namespace kmodsec {

/// What a host has to offer where a command line asks for a value of that kind: "MODULE",
/// "PROFILE", "RELEASE", "ID", "NUMBER"; for the modules of 'unload' and 'allow', those that are
/// loaded or denied. Empty for any other kind, and for what could not be read: a shell that
/// completes a line has nobody to say that to.
///
/// A shell puts these words into a line that it will read. Names on a host are what anybody may
/// have made, so only plain ones are offered: letters, digits, and _ . + - after the first.
std::vector<std::string> host_words(std::string_view kind, std::string_view verb,
                                    const Options& options);

}  // namespace kmodsec
