// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/dpkg_log.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const DpkgLogLine& line : parse_dpkg_log(input)) {
    require(line.time.size() == 19);
    require(line.package.find(':') == std::string::npos);
  }
}
