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
#include "app/usage/imported_names.hpp"
#include "format/files/compression.hpp"
#include "model/check.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 1024UL * 1024 * 1024;
constexpr std::size_t most_hosts = 10'000;

/// Standard input can be read once, and is no snapshot for that.
Result<bool> is_snapshot(const std::string& path) {
  if (path == "-") return false;
  const auto bytes = read_host_file(path, file_limit);
  if (!bytes) return std::unexpected(bytes.error());
  return bytes->starts_with('{') || compression_of(*bytes) != Compression::none;
}

UsageRecord record_of(const std::vector<std::string>& names, const std::string& from,
                      std::int64_t time) {
  return with_imported({}, names, from, time);
}

Result<void> add_names(const LearnOptions& options, const std::string& path, std::int64_t time,
                       OtherHosts& others) {
  auto imported = read_imported_names(options, path);
  if (!imported) return std::unexpected(imported.error());
  others.hosts.push_back({path, record_of(imported->names, imported->from, time)});
  std::ranges::move(imported->unseen, std::back_inserter(others.unseen));
  return {};
}

Options options_for(const LearnOptions& options, const std::string& snapshot) {
  Options other = options;
  other.root.clear();
  other.kernel.clear();
  other.initramfs.clear();
  other.snapshot = snapshot;
  return other;
}

KeepSet keep_set_of(const Facts& facts) {
  std::vector<UsageRecord> records;
  if (facts.usage) records.push_back(*facts.usage);
  return keep_set(facts, records,
                  facts.policy ? facts.policy->keep_classes : std::vector<KeepClass>{});
}

/// What that host needs is judged by its own kernels, devices and policy.
Result<void> add_snapshot(const LearnOptions& options, const std::string& path,
                          const CollectScope& scope, OtherHosts& others) {
  const auto facts = read_machine(options_for(options, path), scope);
  if (!facts) return std::unexpected(facts.error());
  const KeepSet set = keep_set_of(*facts);
  std::vector<Unseen> gaps = set.unseen;
  note_unseen(facts->usage, gaps);
  for (const Unseen& gap : gaps)
    others.unseen.push_back({fmt::format("{}: {}", path, gap.what), gap.why});
  std::vector<std::string> names;
  for (const KeptForUse& kept : set.kept) names.push_back(kept.module);
  others.hosts.push_back({path, record_of(names, facts->host.name.value_or(path), facts->time)});
  return {};
}

}  // namespace

Result<OtherHosts> read_other_hosts(const LearnOptions& options, const CollectScope& scope,
                                    std::int64_t time) {
  if (options.from.size() > most_hosts)
    return failure(ErrorKind::usage, "--from", fmt::format("takes at most {} files", most_hosts));
  OtherHosts others;
  for (const std::string& path : options.from) {
    const auto whole_host = is_snapshot(path);
    if (!whole_host) return std::unexpected(whole_host.error());
    const auto added = *whole_host ? add_snapshot(options, path, scope, others)
                                   : add_names(options, path, time, others);
    if (!added) return std::unexpected(added.error());
  }
  return others;
}

}  // namespace kmodsec
