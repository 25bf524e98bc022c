// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "report/usage/lean_export_report.hpp"

namespace kmodsec {

/// Blanks at both ends keep the names apart (dracut.conf(5)).
std::string print_lean_dracut(const LeanExport& lean) {
  std::string text = fmt::format(
      "# Modules that nothing here needs: {} left out of the image, {} kept.\n"
      "# Written by 'kmodsec learn propose'. Behind each name is who could have it loaded.\n",
      lean.denies.size(), lean.kept.size());
  for (const LeanDeny& deny : lean.denies)
    text += fmt::format("omit_drivers+=\" {} \" # {}\n", deny.module, reach_comment(deny.reach));
  return text;
}

}  // namespace kmodsec
