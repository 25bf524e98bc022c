// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/modules/crypto_algorithms.hpp"
#include "format/modules/net_protocols.hpp"
#include "target.hpp"

/// The kernel's tables that name the module behind each entry.
void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  require(parse_net_protocols(input).size() <= lines);
  require(parse_crypto_algorithms(input).size() <= lines);
}
