// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/usage/learn.hpp"
#include "model/facts.hpp"
#include "report/usage/record_report.hpp"

namespace kmodsec {

/// The modules that the one record has and the other has not, sorted.
std::vector<std::string> names_only_in(const UsageRecord& record, const UsageRecord& other);

/// What a changed record has to say. `machine` is the host that it is of.
Answer answer_of_change(const RecordReport& report, const LearnOptions& options,
                        const Facts& machine, const Style& style);

}  // namespace kmodsec
