// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/hole_row.hpp"
#include "system/running_system.hpp"

namespace kmodsec {

/// A line "source" of the tables.
struct SourceLine {
  std::string name;
  std::string revision = "-";
  std::string date = "-";
  std::string licence;
};

/// With what git says of the newest commit of a checkout; '-' where it says nothing.
SourceLine source_of_checkout(RunningSystem system, std::string_view name, std::string_view licence,
                              const std::string& checkout);

/// A line "branch" of the tables.
struct BranchLine {
  std::string name;
  unsigned patch = 0;
};

/// The branches that versions of the rows name, each with its highest patch level, sorted.
std::vector<BranchLine> branches_of(const std::vector<HoleRow>& rows);

}  // namespace kmodsec
