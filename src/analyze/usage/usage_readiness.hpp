// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "model/usage/usage_readiness.hpp"

namespace kmodsec {

/// Not ready: no record, one of another host, one that is too short, a clock that was set back
/// behind it, and something within the last week that would have been stopped, or came into use
/// before it was observed whether it would. Where the record was not seen, that is the reason.
UsageReadiness usage_readiness(const Facts& facts);

}  // namespace kmodsec
