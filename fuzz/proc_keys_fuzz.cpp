// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/proc_keys.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto keys = parse_proc_keys(input);
  require(system_keyrings(keys).size() <= keys.size());
}
