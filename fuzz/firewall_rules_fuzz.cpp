// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/firewall_rules.hpp"

#include <algorithm>

#include "base/path.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const auto& requests : {requests_of_nftables(input), requests_of_iptables(input)}) {
    require(std::ranges::is_sorted(requests));
    for (const std::string& request : requests) require(is_plain_text(request));
  }
}
