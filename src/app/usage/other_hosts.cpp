// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/other_hosts.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/usage/keep_set.hpp"
#include "analyze/usage/record_usage.hpp"
#include "app/machine.hpp"
#include "app/usage/imported_names.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_hosts = 10'000;

UsageRecord record_of(const std::vector<std::string>& names, const std::string& from,
                      std::int64_t time) {
  return with_imported({}, names, from, time);
}

Result<void> add_names(const LearnOptions& options, GivenFile file, std::int64_t time,
                       OtherHosts& others) {
  const std::string path = file.path;
  auto imported = imported_names(options, std::move(file));
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

/// What that host needs is judged by its own kernels, devices and policy.
Result<void> add_snapshot(const LearnOptions& options, const std::string& path,
                          const CollectScope& scope, OtherHosts& others) {
  const auto facts = read_machine(options_for(options, path), scope);
  if (!facts) return std::unexpected(facts.error());
  const KeepSet set = keep_set_of_host(*facts, KeepSetDetail::names);
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
  for (const std::string& path : std::set<std::string>(options.from.begin(), options.from.end())) {
    auto file = read_given_file(options, path);
    if (!file) return std::unexpected(file.error());
    const bool is_whole_host = path != "-" && is_snapshot(*file);
    const auto added = is_whole_host ? add_snapshot(options, path, scope, others)
                                     : add_names(options, std::move(*file), time, others);
    if (!added) return std::unexpected(added.error());
  }
  return others;
}

}  // namespace kmodsec
