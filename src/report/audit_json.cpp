// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/audit_json.hpp"

#include <algorithm>
#include <array>

#include "base/utc_time.hpp"
#include "model/kernel/taint.hpp"
#include "model/names.hpp"
#include "report/audit_report.hpp"

namespace kmodsec {
namespace {

template <class T>
Json word_or_null(const Seen<T>& fact) {
  return fact ? Json(to_string(*fact)) : Json(nullptr);
}

Json taint_json(const Seen<std::uint64_t>& taint) {
  if (!taint) return nullptr;
  Json flags = Json::array();
  for (const TaintFlag& flag : decode_taint(*taint))
    flags.push_back({{"letter", std::string(1, flag.letter)}, {"meaning", flag.meaning}});
  return {{"value", *taint}, {"flags", std::move(flags)}};
}

Json keyrings_json(const Seen<std::vector<Keyring>>& keyrings) {
  if (!keyrings) return nullptr;
  Json list = Json::array();
  for (const Keyring& keyring : *keyrings)
    list.push_back({{"name", keyring.name}, {"keys", keyring.keys}});
  return list;
}

Json log_json(const Seen<std::vector<KernelLogLine>>& log) {
  if (!log) return nullptr;
  Json lines = Json::array();
  for (const KernelLogLine& line : *log)
    lines.push_back(
        {{"sequence", line.sequence}, {"microseconds", line.microseconds}, {"text", line.text}});
  return lines;
}

}  // namespace

Json posture_json(const Facts& facts) {
  const KernelState& kernel = facts.kernel;
  Json posture;
  posture["modules_supported"] = or_null(kernel.modules_supported);
  posture["modules_disabled"] = or_null(kernel.modules_disabled);
  posture["lockdown"] = word_or_null(kernel.lockdown);
  posture["secure_boot"] = word_or_null(kernel.secure_boot);
  posture["sig_enforce"] = or_null(kernel.sig_enforce);
  posture["taint"] = taint_json(kernel.taint);
  posture["modprobe_helper"] =
      kernel.modprobe_helper ? Json(kernel.modprobe_helper->path) : Json(nullptr);
  posture["loaded_count"] = facts.loaded ? Json(facts.loaded->size()) : Json(nullptr);
  posture["kexec_load_disabled"] = or_null(kernel.kexec_load_disabled);
  posture["security_modules"] = or_null(kernel.security_modules);
  posture["command_line"] = or_null(kernel.command_line);
  posture["keyrings"] = keyrings_json(kernel.keyrings);
  posture["kernel_log"] = log_json(kernel.log);
  return posture;
}

Json summary_json(const AuditReport& report) {
  constexpr std::array counted = {Status::pass, Status::fail, Status::unknown,
                                  Status::not_applicable, Status::waived};
  Json summary;
  for (const Status status : counted)
    summary[to_string(status)] = std::ranges::count(
        report.results, status, [](const CheckResult& result) { return result.verdict.status; });
  return summary;
}

namespace {

Json finding_json(const Finding& finding) {
  return {{"subject", finding.subject},
          {"message", finding.message},
          {"evidence", to_json(finding.evidence)}};
}

}  // namespace

Json finding_json(const AuditReport& report, const CheckResult& result, std::size_t index) {
  Json entry = finding_json(result.verdict.findings[index]);
  if (report.comparison) entry["compared"] = index < result.new_findings ? "new" : "known";
  return entry;
}

Json earlier_json(const EarlierFinding& finding) {
  return {{"check", finding.check}, {"subject", finding.subject}, {"message", finding.message}};
}

std::string_view age_of(const AuditComparison& comparison, const Unseen& gap) {
  return std::ranges::binary_search(comparison.new_gaps, gap) ? "new" : "known";
}

namespace {

Json waiver_json(const PolicyWaiver& waiver) {
  return {{"reason", waiver.reason},
          {"owner", waiver.owner},
          {"until", text_or_null(rfc3339_time(waiver.until))}};
}

}  // namespace

Json waived_json(const WaivedFinding& waived) {
  Json entry = finding_json(waived.finding);
  entry["waiver"] = waiver_json(*waived.waiver);
  return entry;
}

Json waived_gap_json(const WaivedGap& waived) {
  return {
      {"what", waived.gap.what}, {"why", waived.gap.why}, {"waiver", waiver_json(*waived.waiver)}};
}

Json waived_gaps_json(const std::vector<WaivedGap>& waived) {
  Json list = Json::array();
  for (const WaivedGap& gap : waived) list.push_back(waived_gap_json(gap));
  return list;
}

namespace {

Json waived_json(const CheckResult& result) {
  Json list = Json::array();
  for (const WaivedFinding& waived : result.waived) list.push_back(waived_json(waived));
  return list;
}

Json idle_json(const PolicyWaiver& waiver) {
  return {{"check", text_or_null(waiver.check)},
          {"subject", text_or_null(waiver.subject)},
          {"gap", text_or_null(waiver.gap)},
          {"why", text_or_null(waiver.why)},
          {"owner", waiver.owner},
          {"reason", waiver.reason},
          {"until", text_or_null(rfc3339_time(waiver.until))},
          {"source", text_or_null(waiver.source)},
          {"line", waiver.line == 0 ? Json(nullptr) : Json(waiver.line)}};
}

Json earlier_json(const std::vector<EarlierFinding>& findings) {
  Json list = Json::array();
  for (const EarlierFinding& finding : findings) list.push_back(earlier_json(finding));
  return list;
}

Json comparison_json(const std::optional<AuditComparison>& comparison) {
  if (!comparison) return nullptr;
  return {{"host", text_or_null(comparison->host)},
          {"time", text_or_null(comparison->time)},
          {"other_host", comparison->other_host},
          {"new", comparison->new_findings},
          {"known", comparison->known_findings},
          {"gone", earlier_json(comparison->gone)},
          {"undecided", earlier_json(comparison->undecided)},
          {"new_gaps", to_json(comparison->new_gaps)}};
}

Json check_json(const AuditReport& report, const CheckResult& result) {
  const Check& check = *result.check;
  Json findings = Json::array();
  for (std::size_t i = 0; i < result.verdict.findings.size(); ++i)
    findings.push_back(finding_json(report, result, i));
  Json references = Json::array();
  for (const std::string_view reference : check.references) {
    if (!reference.empty()) references.push_back(reference);
  }
  return {{"id", check.id},
          {"title", check.title},
          {"fault", check.fault},
          {"status", to_string(result.verdict.status)},
          {"severity", to_string(check.severity)},
          {"findings", std::move(findings)},
          {"unseen", to_json(result.verdict.unseen)},
          {"reason", result.verdict.reason},
          {"command", result.command},
          {"cause", text_or_null(result.cause)},
          {"waived", waived_json(result)},
          {"waived_gaps", waived_gaps_json(result.waived_gaps)},
          {"rationale", check.rationale},
          {"remedy", check.remedy},
          {"references", std::move(references)}};
}

}  // namespace

std::string print_audit_json(const AuditReport& report) {
  Json document = json_document("audit", *report.facts);
  document["live"] = report.facts->live;
  document["all_modules"] = report.all_modules;
  document["posture"] = posture_json(*report.facts);
  document["summary"] = summary_json(report);
  document["checks"] = Json::array();
  for (const CheckResult& result : report.results)
    document["checks"].push_back(check_json(report, result));
  document["idle_waivers"] = Json::array();
  for (const PolicyWaiver* waiver : report.idle_waivers)
    document["idle_waivers"].push_back(idle_json(*waiver));
  document["comparison"] = comparison_json(report.comparison);
  document["unseen"] = to_json(report.unseen);
  document["waived_gaps"] = waived_gaps_json(report.waived_gaps);
  return print_json(document);
}

}  // namespace kmodsec
