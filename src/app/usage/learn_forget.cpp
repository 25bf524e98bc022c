// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "analyze/usage/record_usage.hpp"
#include "app/confirm.hpp"
#include "app/usage/learn.hpp"
#include "app/usage/record_answer.hpp"
#include "app/usage/record_place.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

std::set<std::string> named_modules(const LearnOptions& options) {
  std::set<std::string> names;
  for (auto name = options.names.begin() + 1; name != options.names.end(); ++name)
    names.insert(normalized_module_name(*name));
  return names;
}

Result<void> are_recorded(const std::set<std::string>& names, const UsageRecord& record) {
  std::vector<std::string> known;
  for (const UsedModule& used : record.modules) known.push_back(used.module);
  for (const std::string& name : names) {
    if (std::ranges::binary_search(known, name)) continue;
    const auto hint = nearest(name, known);
    return failure(ErrorKind::usage, name,
                   "is not in the record" + (hint ? "; did you mean " + *hint + "?" : ""));
  }
  return {};
}

std::string question(const UsageRecord& record, const std::set<std::string>& names) {
  return names.empty() ? fmt::format("Forget the whole record, {}?",
                                     count_of(record.modules.size(), "module"))
                       : fmt::format("Forget {} of the record?", count_of(names.size(), "module"));
}

}  // namespace

/// The record is not held while somebody thinks: what is asked about is what it was before.
Result<Answer> learn_forget(const LearnOptions& options, const Style& style) {
  const auto machine = host_of_record(options);
  if (!machine) return std::unexpected(machine.error());
  const std::set<std::string> names = named_modules(options);
  if (names.empty() != options.all)
    return failure(ErrorKind::usage, "forget",
                   names.empty() ? "name the modules to forget, or use --all for the whole record"
                                 : "--all leaves no module to be named");
  const auto before = read_record(options);
  if (!before) return std::unexpected(before.error());
  if (auto known = are_recorded(names, *before); !known) return std::unexpected(known.error());
  if (auto yes = confirm(options, question(*before, names)); !yes)
    return std::unexpected(yes.error());
  RecordReport report;
  const auto record = change_record(options, [&](const UsageRecord& old) -> Result<UsageRecord> {
    UsageRecord left = names.empty() ? UsageRecord{} : without_modules(old, names);
    report.removed = names_only_in(old, left);
    return left;
  });
  if (!record) return std::unexpected(record.error());
  report.record = *record;
  return answer_of_change(report, options, *machine, style);
}

}  // namespace kmodsec
