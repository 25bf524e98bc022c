// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/modules/module.hpp"
#include "model/seen.hpp"

namespace kmodsec {

/// A program that loads modules: a file, once, whatever its names.
struct HostProgram {
  std::string path;                ///< Where its links lead.
  std::vector<std::string> names;  ///< The paths that lead there, sorted.
  Seen<PackageClaim> package;      ///< `mismatch` where the package has a link or a folder there.
};

}  // namespace kmodsec
