// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "report/usage/lean_export_report.hpp"

namespace kmodsec {

std::string print_lean_names(const LeanExport& lean) {
  std::string text;
  for (const KeptForUse& kept : lean.kept)
    text +=
        fmt::format("{} # {}: {}\n", kept.module, to_string(kept.cause), comment_text(kept.reason));
  return text;
}

}  // namespace kmodsec
