// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/baseline_check.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "analyze/baseline/baseline_changes.hpp"
#include "analyze/baseline/explain_words.hpp"
#include "app/baseline/baseline_evidence.hpp"
#include "app/baseline/baseline_recording.hpp"
#include "app/baseline/baseline_source.hpp"
#include "app/baseline/digest_list.hpp"
#include "app/baseline/recorded_paths.hpp"
#include "collect/host/host_identity.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view of_another_host =
    "a baseline of another host: the machine id that it was recorded with differs";

BaselineHost host_of(const Baseline& baseline, const Root& root) {
  const auto machine = collect_host_identity(root).machine_id;
  if (!machine || baseline.machine.empty()) return BaselineHost::unknown;
  return *machine == baseline.machine ? BaselineHost::same : BaselineHost::another;
}

std::vector<std::string> warnings_on(const BaselineReport& report, std::int64_t now) {
  const Baseline& baseline = report.baseline;
  std::vector<std::string> warnings;
  if (baseline.generation > 0 && now < baseline.time)
    warnings.emplace_back(
        "the time of this check is before that of the baseline: see the clock of this host");
  if (baseline.format == format_without_folders)
    warnings.emplace_back(
        "an older kmodsec recorded this baseline: the folders of its files, and its host, are not "
        "recorded; 'kmodsec baseline accept' records them");
  if (report.host == BaselineHost::another) warnings.emplace_back(of_another_host);
  if (report.host == BaselineHost::unknown && !baseline.machine.empty())
    warnings.emplace_back(
        "whether it is a baseline of this host is not known: this one has no machine id");
  return warnings;
}

/// A baseline that was not asked for by name tells nothing of this host where it is another one's.
void note_other_host(const BaselineOptions& options, BaselineReport& report) {
  if (report.host != BaselineHost::another || !options.against.empty()) return;
  report.unseen.push_back({store_path(options).value_or(""), std::string(of_another_host)});
}

std::vector<BaselineEntry> take_folders(std::vector<BaselineEntry>& entries) {
  const auto folders = std::ranges::stable_partition(
      entries, [](const BaselineEntry& entry) { return !is_folder(entry); });
  std::vector<BaselineEntry> taken(std::make_move_iterator(folders.begin()),
                                   std::make_move_iterator(folders.end()));
  entries.erase(folders.begin(), folders.end());
  return taken;
}

void explain(const BaselineOptions& options, const Root& root, Recording& recording,
             BaselineReport& report) {
  if (report.changes.empty()) return;
  const bool is_digest_list = report.baseline.format == format_of_digest_list;
  ChangeEvidence evidence =
      collect_evidence(options, root, report.baseline.time, recording, report.changes);
  evidence.is_digest_list = is_digest_list;
  if (!evidence.transactions)
    report.warnings.push_back("what the package manager did is not known: " +
                              to_string(evidence.transactions.error()));
  explain_changes(evidence, report.changes);
  const auto has_transaction = [](const BaselineChange& change) {
    return change.transaction.has_value();
  };
  if (is_digest_list && std::ranges::any_of(report.changes, has_transaction))
    report.warnings.emplace_back(
        "a list of digests has no date: a change may be explained by what the package manager did "
        "before it was made");
}

}  // namespace

Result<BaselineComparison> compare_with_baseline(const BaselineOptions& options, const Root& root) {
  auto source = read_baseline(options);
  if (!source) return std::unexpected(source.error());
  BaselineComparison comparison{
      {.baseline = std::move(source->baseline), .trust = source->trust}, {}, {}};
  BaselineReport& report = comparison.report;
  comparison.was = std::exchange(report.baseline.entries, {});
  auto recording = record(root, options, comparison.was);
  if (!recording) return std::unexpected(recording.error());
  if (!records_folders(report.baseline))
    comparison.unrecorded_folders = take_folders(recording->entries);
  std::vector<BaselineEntry> listed;
  if (source->is_plain_list) {
    auto taken = take_listed(root, comparison.was, *recording);
    if (!taken) return failure(taken.error().kind, options.against, taken.error().reason);
    listed = std::move(*taken);
  }
  const auto& now = source->is_plain_list ? listed : recording->entries;
  const std::size_t folders = count_folders(now);
  report.files = now.size() - folders;
  if (records_folders(report.baseline)) report.folders = folders;
  report.host = host_of(report.baseline, root);
  report.unseen = std::move(recording->unseen);
  report.warnings = warnings_on(report, time_of_looking());
  note_other_host(options, report);
  report.changes = find_changes(comparison.was, now);
  explain(options, root, *recording, report);
  return comparison;
}

void note_check(const BaselineOptions& options, const BaselineReport& report) {
  const bool is_of_this_host = report.host != BaselineHost::another;
  if (!is_of_this_host || !is_own_store(options) || !options.against.empty()) return;
  const BaselineCheck check{time_of_change(), static_cast<std::int64_t>(report.suspicious()),
                            static_cast<std::int64_t>(report.unseen.size())};
  static_cast<void>(
      change_store(options, false, [&](BaselineStore& store) { return store.note_check(check); }));
}

Result<std::vector<const BaselineChange*>> chosen_changes(
    const Root& root, const std::vector<BaselineChange>& changes,
    const std::vector<std::string>& paths) {
  std::vector<std::string> changed;
  for (const BaselineChange& change : changes) changed.push_back(change.entry().file.path);
  RecordedPaths recorded(root, changed);
  std::set<std::string> named;
  for (const std::string& path : paths) {
    std::string name = recorded.name_of(path);
    if (!std::ranges::binary_search(changed, name))
      return failure(ErrorKind::usage, path, "has not changed");
    named.insert(std::move(name));
  }
  std::vector<const BaselineChange*> list;
  for (const BaselineChange& change : changes) {
    const bool is_chosen =
        paths.empty() ? !change.is_suspicious() : named.contains(change.entry().file.path);
    if (is_chosen) list.push_back(&change);
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

std::size_t add_first_folders(std::vector<BaselineEntry>& entries,
                              std::vector<BaselineEntry> folders) {
  std::erase_if(folders,
                [](const BaselineEntry& folder) { return is_open_to_others(*folder.attributes); });
  std::ranges::copy(folders, std::back_inserter(entries));
  std::ranges::sort(entries, {}, path_of);
  return folders.size();
}

}  // namespace kmodsec
