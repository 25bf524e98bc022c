// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "model/facts.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What a host used, and what became of that record now.
struct RecordReport {
  std::optional<UsageRecord> record;  ///< Nothing where it was not seen.
  std::vector<std::string> only;      ///< Modules that are shown; none: all.
  std::vector<std::string> added;     ///< To the record, by this run.
  std::vector<std::string> removed;
  std::vector<std::string> notes;  ///< Sentences about the record.
  std::vector<Unseen> unseen;

  bool shows(const std::string& module) const {
    return only.empty() || std::ranges::find(only, module) != only.end();
  }
};

/// The record, a line for each module.
std::string print_record_text(const RecordReport& report, const Style& style);

/// What was done to it, in a few lines.
std::string print_record_change_text(const RecordReport& report, const Style& style);

/// The document `kmodsec.learn/1` of both.
std::string print_record_json(const RecordReport& report, const Facts& machine);

/// "person 1000: losetup -f". Printable.
std::string requester_text(const Requester& requester);

}  // namespace kmodsec
