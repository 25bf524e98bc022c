// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/cves/cves_report.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// How much of each module the text shows.
enum class CvesDetail {
  open,     ///< Its open vulnerabilities, the worst ones where they are many.
  verdicts  ///< Every vulnerability with what decided.
};

std::string print_cves_text(const CvesReport& report, const Style& style, CvesDetail detail);
std::string print_cves_json(const CvesReport& report);

}  // namespace kmodsec
