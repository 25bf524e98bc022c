// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/other_hosts.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/usage/keep_set.hpp"
#include "analyze/usage/record_usage.hpp"
#include "app/machine.hpp"
#include "base/text.hpp"
#include "format/files/compression.hpp"
#include "format/usage/module_list.hpp"
#include "state/usage_store.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 1024UL * 1024 * 1024;
constexpr std::size_t most_hosts = 10'000;
constexpr std::string_view store_begins = "SQLite format 3";

bool is_snapshot(std::string_view bytes) {
  return compression_of(bytes) != Compression::none || trim(bytes.substr(0, 64)).starts_with('{');
}

std::vector<std::string> kept_names(const KeepSet& set) {
  std::vector<std::string> names;
  for (const KeptForUse& kept : set.kept) names.push_back(kept.module);
  return names;
}

class OtherHostReader {
 public:
  OtherHostReader(const LearnOptions& options, const CollectScope& scope, std::int64_t time)
      : options_(options), scope_(scope), time_(time) {}

  Result<void> add(const std::string& path) {
    auto bytes = read_host_file(path, file_limit);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->starts_with(store_begins)) return add_record(path, std::move(*bytes));
    return is_snapshot(*bytes) ? add_snapshot(path) : add_list(path, *bytes);
  }

  OtherHosts take() { return std::move(read_); }

 private:
  Result<void> add_record(const std::string& path, std::string bytes) {
    auto record = read_usage_store(std::move(bytes), path);
    if (!record) return std::unexpected(record.error());
    read_.hosts.push_back({path, std::move(*record)});
    return {};
  }

  Result<void> add_list(const std::string& path, std::string_view text) {
    const auto list = parse_module_list(text);
    if (!list) return failure(list.error().kind, path, list.error().reason);
    if (!list->unread_lines.empty())
      read_.unseen.push_back(
          {fmt::format("{}:{}", path, list->unread_lines.front()), "the line names no module"});
    read_.hosts.push_back({path, with_imported({}, list->names, path, time_)});
    return {};
  }

  /// What that host needs is judged by its own kernels, devices and policy.
  Result<void> add_snapshot(const std::string& path) {
    Options other = options_;
    other.root.clear();
    other.kernel.clear();
    other.initramfs.clear();
    other.snapshot = path;
    const auto facts = read_machine(other, scope_);
    if (!facts) return std::unexpected(facts.error());
    std::vector<UsageRecord> records;
    if (facts->usage) records.push_back(*facts->usage);
    const auto classes = facts->policy ? facts->policy->keep_classes : std::vector<KeepClass>{};
    const KeepSet set = keep_set(*facts, records, classes);
    for (const Unseen& gap : set.unseen)
      read_.unseen.push_back({fmt::format("{}: {}", path, gap.what), gap.why});
    if (!facts->usage)
      read_.unseen.push_back({path + ": what its host used", facts->usage.error().reason});
    read_.hosts.push_back({path, with_imported({}, kept_names(set), path, facts->time)});
    return {};
  }

  const LearnOptions& options_;
  const CollectScope& scope_;
  std::int64_t time_;
  OtherHosts read_;
};

}  // namespace

Result<OtherHosts> read_other_hosts(const LearnOptions& options, const CollectScope& scope,
                                    std::int64_t time) {
  if (options.from.size() > most_hosts)
    return failure(ErrorKind::usage, "--from", fmt::format("takes at most {} files", most_hosts));
  OtherHostReader reader(options, scope, time);
  for (const std::string& path : options.from) {
    if (auto added = reader.add(path); !added) return std::unexpected(added.error());
  }
  return reader.take();
}

}  // namespace kmodsec
