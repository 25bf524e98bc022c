// SPDX-License-Identifier: GPL-2.0-or-later
//
// data/known-holes/notable.tsv, the table that is kept by hand: CVE, modules, trigger, day in
// CISA's list, versions, where those are from, sources, note. '-' stands for nothing, '#' starts a
// remark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

struct NotableHole {
  std::string id;  ///< "2024-1086".
  std::string modules;
  std::string trigger;
  bool in_the_wild = false;  ///< It has a day in CISA's list.
  std::string versions;
  bool ubuntu_alone = false;  ///< A change of Ubuntu's brought it in: no other kernel has it.
  std::string links;          ///< Those of the web, separated by spaces.
};

/// `malformed` with the number of the line for a row that tables of known holes could not have.
Result<std::vector<NotableHole>> parse_notable_holes(std::string_view text);

}  // namespace kmodsec
