// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/usage/requesters_json.hpp"

#include "report/json.hpp"

namespace kmodsec {

Json requesters_json(const std::vector<Requester>& requesters) {
  Json list = Json::array();
  for (const Requester& requester : requesters)
    list.push_back({{"kind", to_string(requester.kind)},
                    {"detail", requester.detail},
                    {"user", or_null(requester.user)}});
  return list;
}

}  // namespace kmodsec
