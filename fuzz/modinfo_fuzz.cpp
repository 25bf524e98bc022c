// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.hpp"
#include "format/modules/modinfo.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const auto& field : parse_modinfo(input)) {
    require(utf8_text(field.value) == field.value);
    require(printable(field.value).find_first_of("\n\r\033") == std::string::npos);
  }
}
