// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "base/utc_time.hpp"
#include "format/known_holes.hpp"

namespace kmodsec {
namespace {

/// A tab or a line break in a field would begin another one.
bool is_control(char c) { return static_cast<unsigned char>(c) < ' '; }

/// Empty fields at the end of a row are left out.
void print_row(const HoleRecord& hole, std::string& text) {
  const std::array fields = {
      hole.id,      hole.modules, hole.flags, hole.versions, to_string(hole.exploit),
      hole.trigger, hole.score,   hole.links};
  std::size_t count = fields.size();
  while (count > 1 && fields[count - 1].empty()) --count;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += '\t';
    std::ranges::replace_copy_if(fields[i], std::back_inserter(text), is_control, ' ');
  }
  text += '\n';
}

}  // namespace

std::string print_known_holes(const KnownHoles& tables) {
  std::string text = fmt::format("kmodsec known holes 1\ndate\t{}\n", utc_date(tables.date));
  const auto end = std::back_inserter(text);
  for (const HoleSource& source : tables.sources)
    fmt::format_to(end, "source\t{}\t{}\t{}\t{}\n", source.name, source.revision, source.date,
                   source.licence);
  for (const KnownBranch& branch : tables.branches)
    fmt::format_to(end, "branch\t{}\t{}\n", branch.name, branch.patch);
  for (const HoleRecord& hole : tables.holes) print_row(hole, text);
  return text;
}

}  // namespace kmodsec
