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

/// What became of a baseline, as text, as one document, or as one for each change and each gap
/// behind a head; no line where nothing has changed and everything was looked at.
std::string print_drift_text(const BaselineReport& report, const Style& style);
std::string print_drift_json(const BaselineReport& report, const Facts& facts);
std::string print_drift_ndjson(const BaselineReport& report, const Facts& facts);

/// A generation, and what was accepted into it.
struct BaselineSummary {
  Baseline baseline;
  BaselineTrust trust;
  std::vector<Unseen> unseen;
  std::vector<const BaselineChange*> accepted;
  std::size_t first_folders = 0;  ///< Recorded where an older version had recorded none.
};

/// What is recorded, in a few lines, behind what was accepted.
std::string print_summary_text(const BaselineSummary& summary, const Style& style);
std::string print_summary_json(const BaselineSummary& summary, const Facts& facts);

/// Up to ten changes in a line each, more of them by their kinds; nothing where there are none.
std::string print_accepted_text(const BaselineSummary& summary, const Style& style);

/// Why an `accept` without a name took nothing.
std::string print_nothing_accepted_text(const BaselineReport& report, const Style& style);

/// The word of it: "none", "unchecked", "checked".
std::string_view signature_word(const BaselineTrust& trust);

/// A change in one line, for a log.
std::string change_line(const BaselineChange& change);

}  // namespace kmodsec
