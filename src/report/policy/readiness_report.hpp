// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/facts.hpp"
#include "model/policy/readiness.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// Whether this host is ready, or what came of the freeze.
std::string print_readiness_text(const Readiness& readiness, const Style& style);
std::string print_readiness_json(const Readiness& readiness, const Facts& facts);

}  // namespace kmodsec
