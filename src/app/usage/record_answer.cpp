// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/record_answer.hpp"

#include <algorithm>

namespace kmodsec {

std::vector<std::string> names_only_in(const UsageRecord& record, const UsageRecord& other) {
  std::vector<std::string> names;
  for (const UsedModule& used : record.modules) {
    if (!std::ranges::binary_search(other.modules, used.module, {}, &UsedModule::module))
      names.push_back(used.module);
  }
  return names;
}

Answer answer_of_change(const RecordReport& report, const LearnOptions& options,
                        const Facts& machine, const Style& style) {
  return {options.format == "json" ? print_record_json(report, machine)
                                   : print_record_change_text(report, style),
          outcome_of(report.unseen), report.unseen};
}

}  // namespace kmodsec
