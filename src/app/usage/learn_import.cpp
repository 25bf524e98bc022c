// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "analyze/usage/names_of_no_kernel.hpp"
#include "analyze/usage/record_usage.hpp"
#include "app/machine.hpp"
#include "app/usage/imported_names.hpp"
#include "app/usage/learn.hpp"
#include "app/usage/record_answer.hpp"
#include "app/usage/record_place.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_names = 20;

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

void note_unknown_names(const Facts& machine, const ImportedNames& imported, RecordReport& report) {
  const std::vector<std::string> names = names_of_no_kernel(machine, imported.names);
  if (names.empty()) return;
  report.notes.push_back(
      fmt::format("{} of {} {} in no installed kernel: {}", count_of(names.size(), "name"),
                  imported.from, names.size() == 1 ? "is" : "are", first_few(names, most_names)));
}

}  // namespace

Result<Answer> learn_import(const LearnOptions& options, const Style& style) {
  if (options.names.size() < 2)
    return failure(ErrorKind::usage, "import",
                   "name the files: lists of modules, output of lsmod, records or snapshots");
  const auto machine = read_machine(options, {.parts = {Part::indexes, Part::other_kernels}});
  if (!machine) return std::unexpected(machine.error());
  const auto all = read_all(options);
  if (!all) return std::unexpected(all.error());
  const std::int64_t time = time_of_recording(options);
  RecordReport report;
  for (const ImportedNames& imported : *all) {
    std::ranges::copy(imported.unseen, std::back_inserter(report.unseen));
    note_unknown_names(*machine, imported, report);
  }
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
