// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/kernel_unpacking.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const std::string flaw = kernel_unpacking_flaw(input);
  require(flaw.find('\n') == std::string::npos);
}
