// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/usage/usage_record.hpp"
#include "report/json_value.hpp"

namespace kmodsec {

/// `requesters` of `schemas/learn.json`.
Json requesters_json(const std::vector<Requester>& requesters);

}  // namespace kmodsec
