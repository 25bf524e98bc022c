// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/cves/holes_report.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// How much of each module the text shows.
enum class HolesDetail {
  open,     ///< Its open holes, the worst ones where they are many.
  verdicts  ///< Every hole with what decided.
};

std::string print_holes_text(const HolesReport& report, const Style& style, HolesDetail detail);
std::string print_holes_json(const HolesReport& report);

}  // namespace kmodsec
