// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modinfo.hpp"

#include "base/text.hpp"

namespace kmodsec {

std::vector<InfoField> parse_modinfo(std::string_view section) {
  std::vector<InfoField> info;
  for (const std::string_view entry : split(section, '\0')) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string_view::npos) continue;
    info.push_back({utf8_text(entry.substr(0, equals)), utf8_text(entry.substr(equals + 1))});
  }
  return info;
}

}  // namespace kmodsec
