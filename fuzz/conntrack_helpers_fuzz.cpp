// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/conntrack_helpers.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto requests = requested_helpers(input);
  require(std::ranges::is_sorted(requests));
  for (const std::string& request : requests) require(request.find('\n') == std::string::npos);
}
