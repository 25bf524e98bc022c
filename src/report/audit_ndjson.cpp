// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/names.hpp"
#include "report/audit_json.hpp"
#include "report/audit_report.hpp"

namespace kmodsec {
namespace {

/// The ids of the checks that a gap keeps from an answer, by what was not seen and why.
using ChecksOfGaps =
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string_view>>;

/// Whose findings are the known ones.
Json whose_earlier_json(const std::optional<AuditComparison>& comparison) {
  if (!comparison) return nullptr;
  return {{"host", text_or_null(comparison->host)},
          {"time", text_or_null(comparison->time)},
          {"other_host", comparison->other_host}};
}

std::string head_line(const AuditReport& report) {
  Json head = json_document("audit-head", *report.facts);
  head["live"] = report.facts->live;
  head["all_modules"] = report.all_modules;
  head["posture"] = posture_json(*report.facts);
  head["summary"] = summary_json(report);
  head["comparison"] = whose_earlier_json(report.comparison);
  return print_json_line(head);
}

/// What a finding or a waived one says, with all that a reader needs of its check.
std::string finding_line(const AuditReport& report, const CheckResult& result,
                         std::string_view status, const Json& finding) {
  const Check& check = *result.check;
  Json line = {{"schema", "kmodsec.audit-finding/1"},
               {"check", check.id},
               {"severity", to_string(check.severity)},
               {"status", status},
               {"title", check.title},
               {"fault", check.fault},
               {"release", or_null(report.facts->kernel.release)}};
  line.update(finding);
  line["remedy"] = check.remedy;
  line["command"] = text_or_null(result.command);
  line["cause"] = text_or_null(result.cause);
  return print_json_line(line);
}

std::string finding_lines(const AuditReport& report) {
  std::string lines;
  for (const CheckResult& result : report.results) {
    for (std::size_t i = 0; i < result.verdict.findings.size(); ++i)
      lines += finding_line(report, result, "fail", finding_json(report, result, i));
    for (const WaivedFinding& waived : result.waived)
      lines += finding_line(report, result, "waived", waived_json(waived));
  }
  return lines;
}

ChecksOfGaps checks_of_gaps(const AuditReport& report) {
  ChecksOfGaps checks;
  for (const CheckResult& result : report.results) {
    const auto add = [&](const Unseen& gap) {
      std::vector<std::string_view>& ids = checks[{gap_name(gap), gap.why}];
      if (ids.empty() || ids.back() != result.check->id) ids.push_back(result.check->id);
    };
    for (const Unseen& gap : result.verdict.unseen) add(gap);
    for (const WaivedGap& waived : result.waived_gaps) add(waived.gap);
  }
  return checks;
}

Json gap_line(const Json& gap, const Unseen& of, const ChecksOfGaps& checks) {
  Json line = {{"schema", "kmodsec.audit-gap/1"}};
  line.update(gap);
  const auto found = checks.find({gap_name(of), of.why});
  line["checks"] = found == checks.end() ? Json::array() : Json(found->second);
  return line;
}

std::string gap_lines(const AuditReport& report) {
  const ChecksOfGaps checks = checks_of_gaps(report);
  std::string lines;
  for (const Unseen& gap : report.unseen) {
    Json line = gap_line({{"what", gap.what}, {"why", gap.why}}, gap, checks);
    if (report.comparison) line["compared"] = age_of(*report.comparison, gap);
    lines += print_json_line(line);
  }
  for (const WaivedGap& waived : report.waived_gaps)
    lines += print_json_line(gap_line(waived_gap_json(waived), waived.gap, checks));
  return lines;
}

/// What an earlier answer found and this one did not.
std::string earlier_lines(const AuditReport& report) {
  if (!report.comparison) return {};
  std::string lines;
  const auto add = [&](const std::vector<EarlierFinding>& findings, std::string_view compared) {
    for (const EarlierFinding& finding : findings) {
      Json line = {{"schema", "kmodsec.audit-earlier/1"}};
      line.update(earlier_json(finding));
      line["compared"] = compared;
      lines += print_json_line(line);
    }
  };
  add(report.comparison->gone, "gone");
  add(report.comparison->undecided, "undecided");
  return lines;
}

std::string verdict_line(const AuditReport& report, std::string_view verdict) {
  std::size_t findings = 0;
  std::size_t waived = 0;
  for (const CheckResult& result : report.results) {
    findings += result.verdict.findings.size();
    waived += result.waived.size();
  }
  return print_json_line({{"schema", "kmodsec.audit-verdict/1"},
                          {"verdict", verdict},
                          {"findings", findings},
                          {"waived", waived},
                          {"gaps", report.unseen.size()},
                          {"waived_gaps", report.waived_gaps.size()}});
}

}  // namespace

std::string print_audit_ndjson(const AuditReport& report, std::string_view verdict) {
  return head_line(report) + finding_lines(report) + gap_lines(report) + earlier_lines(report) +
         verdict_line(report, verdict);
}

}  // namespace kmodsec
