// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "app/usage/learn.hpp"
#include "app/usage/record_place.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "report/usage/record_report.hpp"

namespace kmodsec {
namespace {

std::string print(const RecordReport& report, const LearnOptions& options, const Facts& machine,
                  const Style& style) {
  return options.format == "json" ? print_record_json(report, machine)
                                  : print_record_text(report, style);
}

/// A module that was asked about and that the record has not is an answer, and no error.
void choose_modules(const LearnOptions& options, RecordReport& report) {
  for (auto name = options.names.begin() + 1; name != options.names.end(); ++name) {
    const std::string module = normalized_module_name(*name);
    report.only.push_back(module);
    const auto& modules = report.record->modules;
    if (!std::ranges::binary_search(modules, module, {}, &UsedModule::module))
      report.notes.push_back(module + " is not in the record: it was not seen to be used");
  }
}

}  // namespace

Result<Answer> learn_show(const LearnOptions& options, const Style& style) {
  const auto machine = host_of_record(options);
  if (!machine) return std::unexpected(machine.error());
  const auto record = read_record(options);
  const bool is_missing = !record && (record.error().kind == ErrorKind::not_found ||
                                      record.error().kind == ErrorKind::usage);
  if (is_missing) return std::unexpected(record.error());
  if (record && record->is_empty() && record->boots.empty())
    return failure(ErrorKind::usage, "the record",
                   "nothing was recorded yet: 'kmodsec learn record' begins");
  RecordReport report;
  if (record) {
    report.record = *record;
    choose_modules(options, report);
  }
  note_unseen(record, report.unseen);
  return Answer{print(report, options, *machine, style), outcome_of(report.unseen), report.unseen};
}

}  // namespace kmodsec
