// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/lockdown.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  require(!parse_lockdown(input) || input.find('[') != std::string_view::npos);
}
