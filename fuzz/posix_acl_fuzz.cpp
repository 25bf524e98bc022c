// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/posix_acl.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto entries = parse_posix_acl(input);
  if (entries) require(entries->size() <= input.size() / 8);
}
