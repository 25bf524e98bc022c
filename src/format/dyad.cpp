// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/dyad.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "format/known_hole_fields.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_pairs = 2000;

struct Pair {
  std::string_view introduced;
  std::string_view commit;
  std::string_view fixed;
};

struct Group {
  std::string_view commit;
  std::string_view introduced;
  std::vector<std::string_view> fixed;
};

bool is_commit(std::string_view text) {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<Pair> parse_pair(std::string_view line) {
  const std::vector<std::string_view> fields = split(line, ':');
  if (fields.size() != 4 || std::ranges::count(line, ':') != 3) return std::nullopt;
  const bool since_ever = fields[0] == "0";
  const bool not_fixed = fields[2] == "0";
  if (!since_ever && !is_kernel_release(fields[0])) return std::nullopt;
  if (!not_fixed && !is_kernel_release(fields[2])) return std::nullopt;
  if (!is_commit(fields[1]) || !is_commit(fields[3])) return std::nullopt;
  return Pair{fields[0], fields[1], not_fixed ? std::string_view() : fields[2]};
}

void add(const Pair& pair, std::vector<Group>& groups) {
  auto group = std::ranges::find(groups, pair.commit, &Group::commit);
  if (group == groups.end()) {
    groups.push_back({pair.commit, pair.introduced, {}});
    group = std::prev(groups.end());
  }
  if (!pair.fixed.empty() && std::ranges::find(group->fixed, pair.fixed) == group->fixed.end())
    group->fixed.push_back(pair.fixed);
}

std::string print(const Group& group) {
  std::string text = std::string(group.introduced) + ">";
  for (const std::string_view fixed : group.fixed)
    text += (fixed == group.fixed.front() ? "" : ",") + std::string(fixed);
  return text;
}

/// Each group once: two commits can have come and gone with the same releases.
std::string print(const std::vector<Group>& groups) {
  std::vector<std::string> texts;
  for (const Group& group : groups) {
    std::string text = print(group);
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
  }
  return join(texts, ";");
}

}  // namespace

Result<std::string> parse_dyad(std::string_view text) {
  std::vector<Group> groups;
  std::size_t wrong = 0;
  std::size_t pairs = 0;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (wrong != 0 || line.empty() || line.starts_with('#')) return;
    const auto pair = parse_pair(line);
    if (!pair || ++pairs > most_pairs)
      wrong = number;
    else
      add(*pair, groups);
  });
  if (wrong != 0)
    return failure(ErrorKind::malformed, "",
                   "line " + std::to_string(wrong) + " is no pair of versions and commits");
  if (groups.empty()) return failure(ErrorKind::malformed, "", "no versions in it");
  return print(groups);
}

}  // namespace kmodsec
