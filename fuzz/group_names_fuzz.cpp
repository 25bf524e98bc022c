// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/group_names.hpp"

#include "base/text.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const auto& [gid, name] : parse_group_names(input)) require(utf8_text(name) == name);
}
