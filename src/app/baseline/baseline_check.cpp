// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/baseline_check.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "analyze/baseline/baseline_changes.hpp"
#include "app/baseline/baseline_evidence.hpp"
#include "app/baseline/baseline_recording.hpp"
#include "app/baseline/baseline_source.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

std::vector<std::string> warnings_on(const Baseline& baseline, std::int64_t now) {
  if (baseline.generation > 0 && now < baseline.time)
    return {"the time of this check is before that of the baseline: see the clock of this host"};
  return {};
}

}  // namespace

Result<BaselineComparison> compare_with_baseline(const BaselineOptions& options, const Root& root) {
  auto source = read_baseline(options);
  if (!source) return std::unexpected(source.error());
  BaselineComparison comparison{{.baseline = std::move(source->baseline), .trust = source->trust},
                                {}};
  BaselineReport& report = comparison.report;
  comparison.was = std::exchange(report.baseline.entries, {});
  auto recording = record(root, options, comparison.was);
  if (!recording) return std::unexpected(recording.error());
  if (source->is_plain_list) keep_listed(comparison.was, recording->entries);
  report.files = recording->entries.size();
  report.unseen = std::move(recording->unseen);
  report.warnings = warnings_on(report.baseline, time_of_looking());
  report.changes = find_changes(comparison.was, recording->entries);
  if (report.changes.empty()) return comparison;
  const ChangeEvidence evidence =
      collect_evidence(options, root, report.baseline.time, *recording, report.changes);
  if (!evidence.transactions)
    report.warnings.push_back("what the package manager did is not known: " +
                              to_string(evidence.transactions.error()));
  explain_changes(evidence, report.changes);
  return comparison;
}

void note_check(const BaselineOptions& options, const BaselineReport& report) {
  const bool tells_something = report.unseen.empty() || report.suspicious() > 0;
  if (!tells_something || !is_own_store(options) || !options.against.empty()) return;
  static_cast<void>(change_store(options, false, [&](BaselineStore& store) {
    return store.note_check({time_of_change(), static_cast<std::int64_t>(report.suspicious())});
  }));
}

Result<std::vector<const BaselineChange*>> chosen_changes(
    const std::vector<BaselineChange>& changes, const std::vector<std::string>& paths) {
  std::vector<const BaselineChange*> list;
  for (const BaselineChange& change : changes) {
    const bool named = std::ranges::find(paths, change.entry().file.path) != paths.end();
    if (paths.empty() ? !change.is_suspicious() : named) list.push_back(&change);
  }
  for (const std::string& path : paths) {
    const auto found = std::ranges::find(
        list, path, [](const BaselineChange* change) { return change->entry().file.path; });
    if (found == list.end()) return failure(ErrorKind::usage, path, "has not changed");
  }
  return list;
}

std::vector<BaselineEntry> with_changes(std::vector<BaselineEntry> entries,
                                        const std::vector<const BaselineChange*>& changes) {
  std::set<std::string> gone;
  std::vector<BaselineEntry> fresh;
  for (const BaselineChange* change : changes) {
    gone.insert(change->entry().file.path);
    if (change->now) fresh.push_back(*change->now);
  }
  std::erase_if(entries, [&](const BaselineEntry& entry) { return gone.contains(path_of(entry)); });
  std::ranges::move(fresh, std::back_inserter(entries));
  std::ranges::sort(entries, {}, path_of);
  return entries;
}

}  // namespace kmodsec
