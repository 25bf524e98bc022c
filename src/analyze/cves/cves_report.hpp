// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Which modules `cves` shows.
enum class CvesShown {
  notable,    ///< With an open vulnerability that has an exploit and that others than root can get
              ///< at.
  loaded,     ///< In the kernel, with an open vulnerability.
  reachable,  ///< With an open vulnerability that others than root can get at.
  all,        ///< With an open vulnerability.
};

struct CvesQuestion {
  CvesShown shown = CvesShown::notable;
  std::vector<std::string>
      modules;  ///< Normalised names: these alone, with all their vulnerabilities.
};

/// Answers for each kernel of the facts, which must hold the tables and outlive the report.
CvesReport answer_cves(const Facts& facts, const CvesQuestion& question);

}  // namespace kmodsec
