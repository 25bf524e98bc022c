// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/data_sources.hpp"

#include <algorithm>
#include <map>
#include <ranges>

#include "base/text.hpp"
#include "format/known_hole_fields.hpp"
#include "model/upstream_version.hpp"
#include "system/program.hpp"

namespace kmodsec {
namespace {

bool is_revision(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

SourceLine source_of_checkout(std::string_view name, std::string_view licence,
                              const std::string& checkout) {
  constexpr std::size_t shown_digits = 12;
  SourceLine line{.name = std::string(name), .licence = std::string(licence)};
  const auto end = run_program(
      {"git", "--git-dir=" + checkout + "/.git", "log", "-1", "--no-color", "--format=%H %cs"});
  if (!end || end->code != 0) return line;
  const std::vector<std::string_view> words = split_words(trim(end->output));
  if (words.size() != 2 || !is_revision(words[0]) || !parse_day(words[1])) return line;
  line.revision = words[0].substr(0, shown_digits);
  line.date = words[1];
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
