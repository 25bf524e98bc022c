// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/data_sources.hpp"

#include <algorithm>
#include <map>
#include <ranges>

#include "app/checkout_commit.hpp"
#include "base/text.hpp"
#include "model/upstream_version.hpp"

namespace kmodsec {
SourceLine source_of_checkout(RunningSystem system, std::string_view name, std::string_view licence,
                              const std::string& checkout) {
  constexpr std::size_t shown_digits = 12;
  SourceLine line{.name = std::string(name), .licence = std::string(licence)};
  const auto commit = newest_commit(system, checkout);
  if (!commit) return line;
  line.revision = commit->revision.substr(0, shown_digits);
  line.date = commit->day;
  return line;
}

std::vector<BranchLine> branches_of(const std::vector<HoleRow>& rows) {
  std::map<std::string, unsigned, decltype(&version_less)> highest(version_less);
  for (const HoleRow& row : rows) {
    std::string versions = row.versions;
    std::ranges::replace_if(
        versions, [](char letter) { return std::string_view(">,;").contains(letter); }, ' ');
    for (const std::string_view release : split(versions, ' ')) {
      const auto version = parse_upstream_version(release);
      if (!version) continue;
      unsigned& patch = highest[version->branch()];
      patch = std::max(patch, version->patch.value_or(0));
    }
  }
  std::vector<BranchLine> branches;
  for (const auto& [name, patch] : highest) branches.push_back({name, patch});
  return branches;
}

}  // namespace kmodsec
