// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Whether a Linux system is installed on this file system somewhere: where nothing tells the type
/// of the root file system, it may be this one.
bool may_hold_root(std::string_view module);

/// The modules that some kernel would load for a mount: those with an alias "fs-TYPE".
std::set<std::string> file_systems_of(const Facts& facts);

}  // namespace kmodsec
