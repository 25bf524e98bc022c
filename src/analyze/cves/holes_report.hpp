// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/cves/holes_report.hpp"

namespace kmodsec {

/// Which modules `cves` shows.
enum class HolesShown {
  notable,    ///< With an open hole that has an exploit and that others than root can get at.
  loaded,     ///< In the kernel, with an open hole.
  reachable,  ///< With an open hole that others than root can get at.
  all,        ///< With an open hole.
};

struct HolesQuestion {
  HolesShown shown = HolesShown::notable;
  std::vector<std::string> modules;  ///< Normalised names: these alone, with all their holes.
};

/// For each kernel of the facts, which must hold the tables and outlive the report.
HolesReport answer_holes(const Facts& facts, const HolesQuestion& question);

}  // namespace kmodsec
