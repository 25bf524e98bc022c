// SPDX-License-Identifier: GPL-2.0-or-later
//
// Kconfig files of the kernel's source, as far as the type of each symbol is told.
#pragma once

#include <string_view>
#include <unordered_map>

namespace kmodsec {

enum class KconfigType { boolean, tristate };

/// Symbols without "CONFIG_". Views into `text`. Those of other types are left out.
std::unordered_map<std::string_view, KconfigType> parse_kconfig(std::string_view text);

}  // namespace kmodsec
