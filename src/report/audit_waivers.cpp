// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/audit_waivers.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t waived_id_column = 10;
constexpr std::size_t waived_indent = 4;
constexpr std::size_t place_indent = 6;

std::string print_answer_for(std::string_view waived, const PolicyWaiver& waiver,
                             const Style& style) {
  return paragraph(
      fmt::format("  {}: until {}, {} answers for it: {}", waived, utc_date(waiver.until),
                  printable(waiver.owner), printable(waiver.reason)),
      waived_indent, style);
}

std::string print_waived_findings(const CheckResult& result, const Style& style) {
  if (result.waived.empty()) return {};
  const Check& check = *result.check;
  std::string text = "\n" + paragraph(fmt::format("waived    {}  {}", check.id, check.fault),
                                      waived_id_column + check.id.size() + 2, style);
  for (const WaivedFinding& waived : result.waived)
    text += print_answer_for(printable(waived.finding.subject), *waived.waiver, style);
  return text;
}

std::string print_waived_gaps(const AuditReport& report, const Style& style) {
  if (report.waived_gaps.empty()) return {};
  std::string text = "\n" + paragraph("waived    Could not be seen", waived_id_column, style);
  for (const WaivedGap& waived : report.waived_gaps)
    text += print_answer_for(printable(waived.gap.what) + " (" + printable(waived.gap.why) + ")",
                             *waived.waiver, style);
  return text;
}

std::string waived_thing(const PolicyWaiver& waiver) {
  if (waiver.check.empty()) return "what could not be seen of " + printable(waiver.gap);
  return printable(waiver.check) + " of " +
         (waiver.subject.empty() ? "any subject" : printable(waiver.subject));
}

std::string print_idle_waivers(const AuditReport& report, const Style& style) {
  if (report.idle_waivers.empty()) return {};
  std::string text = "\n" + paragraph(style.bold("Waivers that cover nothing that was found"),
                                      waived_indent, style);
  for (const PolicyWaiver* waiver : report.idle_waivers) {
    const std::string place = waiver->source.empty()
                                  ? std::string("policy")
                                  : fmt::format("{}:{}", waiver->source, waiver->line);
    text += paragraph(fmt::format("  {}, {} answers for it", waived_thing(*waiver),
                                  printable(waiver->owner)),
                      waived_indent, style) +
            paragraph(style.faint("    " + printable(place)), place_indent, style);
  }
  return text;
}

}  // namespace

std::string print_waivers(const AuditReport& report, const Style& style) {
  std::string text;
  for (const CheckResult& result : report.results) text += print_waived_findings(result, style);
  return text + print_waived_gaps(report, style) + print_idle_waivers(report, style);
}

}  // namespace kmodsec
