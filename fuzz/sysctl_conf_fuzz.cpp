// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/sysctl_conf.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  const auto settings = parse_loader_settings(input, "x");
  require(settings.size() <= lines);
  for (const LoaderSetting& setting : settings) {
    require(setting.line >= 1 && setting.line <= lines);
    require(setting.path.find('\n') == std::string::npos);
  }
  for (const LoaderSetting& setting : loader_settings_of_kernel(input, "x"))
    require(setting.line == 1);
}
