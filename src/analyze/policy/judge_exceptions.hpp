// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>

#include "model/check.hpp"

namespace kmodsec {

/// Asks each exception of the policy what is wrong with it; an empty text is nothing.
Verdict judge_exceptions(
    const Facts& facts,
    const std::function<std::string(const PolicyException& exception)>& complaint);

}  // namespace kmodsec
