// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/style.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {

std::string print_gaps(const std::vector<Unseen>& unseen, const Style& style) {
  std::string out;
  for (const Unseen& gap : unseen)
    out += paragraph(
        fmt::format("{} {}: {}", style.warning("?"), printable(gap.what), printable(gap.why)), 2,
        style);
  return out;
}

}  // namespace kmodsec
