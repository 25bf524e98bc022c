// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.hpp"
#include "format/usage/uevent.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const Uevent uevent = parse_uevent(input);
  for (const std::string& text : {uevent.alias, uevent.driver}) {
    require(utf8_text(text) == text);
    require(!text.contains('\n'));
  }
}
