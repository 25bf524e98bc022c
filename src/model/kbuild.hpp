// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace kmodsec {

/// What kbuild would build of a folder: variables such as "obj-m" and "xfs-y", and the words in
/// each.
using KbuildVariables = std::map<std::string, std::vector<std::string>, std::less<>>;

}  // namespace kmodsec
