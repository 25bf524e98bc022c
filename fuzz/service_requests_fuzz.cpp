// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/service_requests.hpp"

#include <algorithm>
#include <array>

#include "base/path.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  constexpr std::array readers = {requests_of_netdev,     requests_of_mount_unit,
                                  requests_of_connection, requests_of_netplan,
                                  requests_of_interfaces, requests_of_crypttab,
                                  requests_of_sysctl,     requests_of_automount_map,
                                  requests_of_exports,    requests_of_mdadm};
  for (const auto reader : readers) {
    const auto requests = reader(input);
    require(std::ranges::is_sorted(requests));
    for (const std::string& request : requests) require(is_plain_text(request));
  }
}
