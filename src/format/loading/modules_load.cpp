// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/modules_load.hpp"

#include "base/text.hpp"

namespace kmodsec {

LoadConfig parse_modules_load(std::string_view text, const std::string& source) {
  LoadConfig config;
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#') || line.starts_with(';')) return;
    if (line.find_first_of(" \t") != std::string_view::npos) {
      config.problems.push_back({source, number, "not the name of a module", utf8_text(line)});
    } else {
      config.at_boot.push_back({utf8_text(line), source, number});
    }
  });
  return config;
}

}  // namespace kmodsec
