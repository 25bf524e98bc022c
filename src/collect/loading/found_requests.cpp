// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/found_requests.hpp"

#include <utility>

#include <fmt/format.h>

namespace kmodsec {

void append_requests(LoadCommands found, const CommandPlace& place, LoadConfig& config) {
  for (LoadRequest& request : found.requests) {
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
