// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/module_finder.hpp"

namespace kmodsec {

/// The second and the third field of a row of known holes.
struct HoleModules {
  std::string modules;
  std::string flags;  ///< Of "chi?", see docs/known-holes-data.md.
};

/// Whether a kernel source has this file.
using FileIsKnown = std::function<bool(const std::string& file)>;

/// Which modules a hole is in whose fix changes these files. Nothing where they are documents,
/// tools and samples alone.
std::optional<HoleModules> modules_of_hole(const std::vector<std::string>& files,
                                           const ModuleFinder& finder, const FileIsKnown& is_known);

}  // namespace kmodsec
