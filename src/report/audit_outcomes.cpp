// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/audit_outcomes.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t least_of_title = 30;
constexpr std::size_t most_reasons_of_a_check = 5;

/// Why the check could not judge, or does not apply; none for one that passed.
std::vector<std::string> reasons_of(const Verdict& verdict) {
  std::vector<std::string> reasons;
  if (!verdict.reason.empty()) reasons.push_back(printable(verdict.reason));
  const std::size_t shown = std::min(verdict.unseen.size(), most_reasons_of_a_check);
  for (std::size_t i = 0; i < shown; ++i)
    reasons.push_back(printable(verdict.unseen[i].what) + ": " + printable(verdict.unseen[i].why));
  if (shown < verdict.unseen.size())
    reasons.push_back(fmt::format("and {} more in --format json", verdict.unseen.size() - shown));
  return reasons;
}

std::string print_outcome(const AuditReport& report, Status status, std::string_view heading,
                          const Style& style) {
  Table table({{}, {.least = least_of_title}}, 2);
  std::size_t count = 0;
  for (const CheckResult& result : report.results) {
    if (result.verdict.status != status) continue;
    ++count;
    table.add({std::string(result.check->id), std::string(result.check->title)});
    for (const std::string& reason : reasons_of(result.verdict))
      table.add({"", style.faint(reason)});
  }
  if (count == 0) return {};
  return "\n" + paragraph(fmt::format("{} ({})", style.bold(heading), count), 2, style) +
         table.print(style);
}

}  // namespace

std::string print_audit_head(const Facts& facts, const Style& style) {
  const std::string host = facts.host.name ? printable(*facts.host.name) : "A host without a name";
  const std::string time = facts.time == 0 ? "" : fmt::format(" on {} UTC", utc_text(facts.time));
  return paragraph(
      fmt::format("{}, audited{} by kmodsec {}", style.bold(host), time, KMODSEC_VERSION), 2,
      style);
}

std::string print_audit_outcomes(const AuditReport& report, const Style& style) {
  return print_outcome(report, Status::unknown, "Checks that could not judge", style) +
         print_outcome(report, Status::pass, "Checks that passed", style) +
         print_outcome(report, Status::not_applicable, "Checks that do not apply", style);
}

}  // namespace kmodsec
