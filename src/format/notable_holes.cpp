// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/notable_holes.hpp"

#include <algorithm>
#include <ranges>

#include "base/text.hpp"
#include "format/known_hole_fields.hpp"
#include "format/known_holes.hpp"

namespace kmodsec {
namespace {

std::string links_in(std::string_view sources) {
  std::vector<std::string> links;
  for (const std::string_view word : split(sources, ' ')) {
    if (word.starts_with("https://") || word.starts_with("http://")) links.emplace_back(word);
  }
  return join(links, " ");
}

Result<NotableHole> parse_row(std::string_view line) {
  std::vector<std::string_view> fields;
  for (const auto field : std::views::split(line, '\t')) fields.emplace_back(field);
  std::ranges::replace(fields, std::string_view("-"), std::string_view());
  const bool has_id = fields.size() >= 7 && fields[0].starts_with("CVE-");
  if (!has_id || !parse_hole_id(fields[0].substr(4)))
    return failure(ErrorKind::malformed, "", "no CVE with its modules, trigger and sources");
  NotableHole hole{.id = std::string(fields[0].substr(4)),
                   .modules = std::string(fields[1]),
                   .trigger = std::string(fields[2]),
                   .in_the_wild = !fields[3].empty(),
                   .versions = std::string(fields[4]),
                   .ubuntu_alone = fields[5] == "Ubuntu kernels only",
                   .links = links_in(fields[6])};
  const std::string_view flaw = flaw_of({.id = hole.id,
                                         .modules = hole.modules,
                                         .flags = {},
                                         .versions = hole.versions,
                                         .trigger = hole.trigger,
                                         .score = {},
                                         .links = hole.links});
  if (!flaw.empty()) return failure(ErrorKind::malformed, "", std::string(flaw));
  if (!is_printable_row(hole.links))
    return failure(ErrorKind::malformed, "", "odd bytes in a link");
  return hole;
}

}  // namespace

Result<std::vector<NotableHole>> parse_notable_holes(std::string_view text) {
  std::vector<NotableHole> holes;
  Result<void> read;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (!read || line.empty() || line.starts_with('#')) return;
    auto hole = parse_row(line);
    if (hole)
      holes.push_back(std::move(*hole));
    else
      read = failure(ErrorKind::malformed, "",
                     "line " + std::to_string(number) + ": " + hole.error().reason);
  });
  if (!read) return std::unexpected(read.error());
  return holes;
}

}  // namespace kmodsec
