// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "model/check.hpp"

namespace kmodsec {

/// What shows a finding about an entry of the policy; `line` 0 where it is not known.
Evidence evidence_in_policy(const std::string& source, std::size_t line, std::string value);

/// Asks each exception of the policy what is wrong with it; an empty text is nothing.
Verdict judge_exceptions(
    const Facts& facts,
    const std::function<std::string(const PolicyException& exception)>& complaint);

}  // namespace kmodsec
