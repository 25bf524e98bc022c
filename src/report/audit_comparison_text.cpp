// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/audit_comparison_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t earlier_indent = 4;

std::string earlier_answer(const AuditComparison& comparison) {
  std::string text = "the earlier answer";
  if (comparison.other_host) text += " of another host";
  if (!comparison.host.empty())
    text += (comparison.other_host ? ", " : " of ") + printable(comparison.host);
  if (!comparison.time.empty()) text += fmt::format(" ({})", printable(comparison.time));
  return text;
}

std::string print_list(std::string_view heading, const std::vector<EarlierFinding>& findings,
                       std::size_t most, const Style& style) {
  if (findings.empty()) return {};
  std::string text = "\n" + paragraph(style.bold(heading), earlier_indent, style);
  const std::size_t shown = std::min(findings.size(), most);
  for (std::size_t i = 0; i < shown; ++i)
    text += paragraph(fmt::format("  {} {}: {}", printable(findings[i].check),
                                  printable(findings[i].subject), printable(findings[i].message)),
                      earlier_indent, style);
  if (shown < findings.size())
    text += paragraph(fmt::format("  … and {} more in --format json", findings.size() - shown),
                      earlier_indent, style);
  return text;
}

}  // namespace

std::string print_comparison_head(const AuditComparison& comparison, const Style& style) {
  std::string text =
      fmt::format("Compared with {}: {}, {} known, {} gone", earlier_answer(comparison),
                  style.bold(count_of(comparison.new_findings, "new finding")),
                  comparison.known_findings, comparison.gone.size());
  if (!comparison.undecided.empty())
    text += fmt::format(", {} undecided", comparison.undecided.size());
  return "\n" + paragraph(text, 2, style);
}

std::string print_earlier_findings(const AuditComparison& comparison, std::size_t most,
                                   const Style& style) {
  return print_list("Gone since the earlier answer", comparison.gone, most, style) +
         print_list("Found earlier; whether it is still there could not be seen",
                    comparison.undecided, most, style);
}

}  // namespace kmodsec
