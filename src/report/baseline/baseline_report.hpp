// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/baseline/baseline_change.hpp"
#include "model/facts.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What became of a baseline, as text, as one document, or as one for each change behind a head;
/// nothing where nothing has changed.
std::string print_drift_text(const BaselineReport& report, const Style& style);
std::string print_drift_json(const BaselineReport& report, const Facts& facts);
std::string print_drift_ndjson(const BaselineReport& report, const Facts& facts);

/// What is recorded, in a few lines; and of single paths, all of it.
std::string print_summary_text(const Baseline& baseline, const BaselineTrust& trust,
                               const Style& style);
std::string print_summary_json(const Baseline& baseline, const BaselineTrust& trust,
                               const std::vector<Unseen>& unseen, const Facts& facts);

/// The word of it: "none", "unchecked", "checked".
std::string_view signature_word(const BaselineTrust& trust);

/// A change in one line, for a log.
std::string change_line(const BaselineChange& change);

}  // namespace kmodsec
