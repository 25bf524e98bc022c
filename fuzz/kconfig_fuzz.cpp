// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kconfig.hpp"

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const auto& [symbol, type] : parse_kconfig(input)) require(!symbol.empty());
}
