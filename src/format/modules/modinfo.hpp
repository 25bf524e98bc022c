// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/modules/module.hpp"

namespace kmodsec {

/// The fields of a `.modinfo` section: "key=value" strings, each ended by NULs
/// (linux: include/linux/moduleparam.h, __MODULE_INFO). Strings without "=" are left out.
std::vector<InfoField> parse_modinfo(std::string_view section);

}  // namespace kmodsec
