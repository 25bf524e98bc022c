// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <span>

#include "analyze/usage/record_usage.hpp"
#include "app/usage/imported_names.hpp"
#include "app/usage/learn.hpp"
#include "app/usage/record_answer.hpp"
#include "app/usage/record_place.hpp"

namespace kmodsec {
namespace {

Result<std::vector<ImportedNames>> read_all(const LearnOptions& options) {
  std::vector<ImportedNames> all;
  for (const std::string& path : std::span(options.names).subspan(1)) {
    auto file = read_given_file(options, path);
    if (!file) return std::unexpected(file.error());
    auto imported = imported_names(options, std::move(*file));
    if (!imported) return std::unexpected(imported.error());
    all.push_back(std::move(*imported));
  }
  return all;
}

}  // namespace

Result<Answer> learn_import(const LearnOptions& options, const Style& style) {
  if (options.names.size() < 2)
    return failure(ErrorKind::usage, "import",
                   "name the files: lists of modules, output of lsmod, records or snapshots");
  const auto machine = host_of_record(options);
  if (!machine) return std::unexpected(machine.error());
  const auto all = read_all(options);
  if (!all) return std::unexpected(all.error());
  const std::int64_t time = time_of_recording(options);
  RecordReport report;
  for (const ImportedNames& imported : *all)
    std::ranges::copy(imported.unseen, std::back_inserter(report.unseen));
  const auto record = change_record(options, [&](const UsageRecord& old) -> Result<UsageRecord> {
    if (auto ours = is_of_host(old, *machine); !ours) return std::unexpected(ours.error());
    UsageRecord now = old;
    if (now.machine.empty()) now.machine = machine->host.machine_id.value_or("");
    for (const ImportedNames& imported : *all)
      now = with_imported(std::move(now), imported.names, imported.from, time);
    report.added = names_only_in(now, old);
    return now;
  });
  if (!record) return std::unexpected(record.error());
  report.record = *record;
  return answer_of_change(report, options, *machine, style);
}

}  // namespace kmodsec
