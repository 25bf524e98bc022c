// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/baseline/baseline_report.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_lines = 10;

std::string in_lines(const std::vector<const BaselineChange*>& accepted, const Style& style) {
  std::string text;
  for (const BaselineChange* change : accepted)
    text += paragraph("  " + change_line(*change), 4, style);
  return text;
}

std::string by_kinds(const std::vector<const BaselineChange*>& accepted, const Style& style) {
  std::map<std::string, std::size_t> counts;
  for (const BaselineChange* change : accepted)
    ++counts[fmt::format("{} {}", to_string(change->entry().file.kind), to_string(change->kind))];
  std::string text;
  for (const auto& [what, count] : counts)
    text += paragraph(fmt::format("  {:>6} × {}", count, what), 11, style);
  return text;
}

}  // namespace

std::string print_accepted_text(const BaselineSummary& summary, const Style& style) {
  const auto& accepted = summary.accepted;
  if (accepted.empty() && summary.first_folders == 0) return {};
  std::string text =
      style.bold("Accepted") + "\n" +
      (accepted.size() > most_lines ? by_kinds(accepted, style) : in_lines(accepted, style));
  if (summary.first_folders > 0)
    text += paragraph(
        fmt::format("  {}, recorded for the first time", count_of(summary.first_folders, "folder")),
        4, style);
  return text + "\n";
}

std::string print_nothing_accepted_text(const BaselineReport& report, const Style& style) {
  if (report.suspicious() == 0) return "There is nothing to accept.\n";
  return paragraph(fmt::format("Nothing was accepted: {} found. 'kmodsec baseline check' shows "
                               "what is suspicious; accept by name what is right:",
                               count_of(report.suspicious(), "suspicious change")),
                   0, style) +
         paragraph("  " + unbroken("kmodsec baseline accept PATH --reason TEXT"), 2, style);
}

}  // namespace kmodsec
