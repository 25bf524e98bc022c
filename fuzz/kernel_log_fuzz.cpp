// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.hpp"
#include "format/kernel/kernel_log.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const KernelLogLine& line : parse_kernel_log(input)) {
    require(utf8_text(line.text) == line.text);
    is_about_module_trust(line);
  }
}
