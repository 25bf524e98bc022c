// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/found_requests.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

namespace kmodsec {

void append_requests(LoadCommands found, const CommandPlace& place, LoadConfig& config) {
  constexpr std::size_t most_requests = 65'536;
  for (LoadRequest& request : found.requests) {
    if (config.at_boot.size() >= most_requests) {
      const Unseen gap{place.path, "too many modules are asked for at boot"};
      if (config.unseen.empty() || config.unseen.back() != gap) config.unseen.push_back(gap);
      break;
    }
    request.by = place.by;
    config.at_boot.push_back(std::move(request));
  }
  if (found.unclear.empty()) return;
  config.unseen.push_back(
      {place.path,
       fmt::format("line {} may pass over what modprobe.d denies, and which modules it loads is "
                   "not known before it runs",
                   found.unclear.front())});
}

}  // namespace kmodsec
