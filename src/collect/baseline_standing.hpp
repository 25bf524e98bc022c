// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/baseline.hpp"
#include "model/seen.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Where a host keeps its baseline unless it is told otherwise.
inline constexpr std::string_view baseline_store_path = "/var/lib/kmodsec/baseline.db";

Seen<BaselineStanding> collect_baseline_standing(const Root& root);

}  // namespace kmodsec
