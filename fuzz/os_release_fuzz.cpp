// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/os_release.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const std::string& like : parse_os_release(input).id_like) require(!like.empty());
}
