// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/usage/usage_readiness.hpp"
#include "report/json.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// "today", or "9 days ago"; both in seconds since 1970-01-01T00:00:00Z.
std::string days_before(std::int64_t time, std::int64_t now);

/// Since when nothing was loaded that would have been stopped. `now` is in seconds since
/// 1970-01-01T00:00:00Z.
std::string quiet_in_words(const UsageReadiness& readiness, std::int64_t now);

/// Whether everything else can be denied, why not yet, what would have been stopped, and what could
/// not be seen of that.
std::string print_usage_readiness_text(const UsageReadiness& readiness, const Facts& facts,
                                       const std::string& unrecorded,
                                       const std::vector<Unseen>& unseen, const Style& style);

/// The document `kmodsec.learn-ready/1`.
std::string print_usage_readiness_json(const UsageReadiness& readiness, const Facts& facts,
                                       const std::string& unrecorded,
                                       const std::vector<Unseen>& unseen);

/// The fields of it, in every document that has them.
Json readiness_json(const UsageReadiness& readiness);

}  // namespace kmodsec
