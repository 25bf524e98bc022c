// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "base/text.hpp"
#include "report/inventory_report.hpp"

namespace kmodsec {

/// One module alone is what `modprobe --dump-modversions` prints; several need headings.
std::string print_modversions_text(const ModuleSelection& selection, const Style& style) {
  std::string out;
  for (const ModuleDetails& details : selection.modules) {
    if (!details.versions) continue;
    if (selection.modules.size() > 1)
      out += (out.empty() ? "" : "\n") + style.bold(printable(details.name)) + "\n";
    for (const SymbolVersion& version : *details.versions)
      out += fmt::format("0x{:08x}\t{}\n", version.crc, printable(version.name));
  }
  return out;
}

}  // namespace kmodsec
