// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/policy.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto policy = parse_policy(input);
  require(policy || !policy.error().reason.empty());
}
