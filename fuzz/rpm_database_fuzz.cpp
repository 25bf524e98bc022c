// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/rpm_database.hpp"
#include "target.hpp"

/// It gives no more than it holds.
void kmodsec::examine(std::string_view input) {
  std::size_t given = 0;
  static_cast<void>(for_each_rpm_header(std::string(input), "rpmdb.sqlite",
                                        [&](std::string_view header) -> Result<void> {
                                          given += header.size();
                                          return {};
                                        }));
  require(given <= input.size());
}
