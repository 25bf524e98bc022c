// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/names.hpp"
#include "report/baseline/baseline_report.hpp"
#include "report/modules/module_json.hpp"

namespace kmodsec {
namespace {

Json target_json(const std::optional<LinkTarget>& target) {
  if (!target) return nullptr;
  return {{"mode", target->mode}, {"uid", target->uid}, {"gid", target->gid}};
}

Json attributes_json(const std::optional<FileAttributes>& attributes) {
  if (!attributes) return nullptr;
  return {{"size", attributes->size},
          {"mode", attributes->mode},
          {"uid", attributes->uid},
          {"gid", attributes->gid},
          {"link", text_or_null(attributes->link)},
          {"target", target_json(attributes->target)},
          {"capabilities", text_or_null(attributes->capabilities)}};
}

Json package_json(const std::optional<PackageClaim>& package) {
  return package ? package_json(*package) : Json(nullptr);
}

Json state_json(const std::optional<BaselineEntry>& entry) {
  if (!entry) return nullptr;
  return {{"sha256", text_or_null(entry->sha256)},
          {"payload_sha256", text_or_null(entry->payload_sha256)},
          {"attributes", attributes_json(entry->attributes)},
          {"signature", entry->signature ? Json(to_string(*entry->signature)) : Json(nullptr)},
          {"package", package_json(entry->package)}};
}

Json transaction_json(const std::optional<PackageTransaction>& transaction) {
  if (!transaction) return nullptr;
  return {{"time", transaction->time},
          {"action", transaction->action},
          {"package", transaction->package},
          {"from", text_or_null(transaction->from)},
          {"to", text_or_null(transaction->to)}};
}

Json words_of(const std::vector<ChangeAspect>& aspects) {
  Json words = Json::array();
  for (const ChangeAspect aspect : aspects) words.push_back(to_string(aspect));
  return words;
}

Json change_json(const BaselineChange& change) {
  const BaselineEntry& entry = change.entry();
  return {{"path", entry.file.path},
          {"kind", to_string(entry.file.kind)},
          {"kernel", text_or_null(entry.file.kernel)},
          {"differs", words_of(change.aspects)},
          {"was", state_json(change.was)},
          {"now", state_json(change.now)},
          {"suspicious", change.is_suspicious()},
          {"severity", change.is_suspicious() ? Json(to_string(change.severity)) : Json(nullptr)},
          {"concern", text_or_null(change.concern)},
          {"explanation", text_or_null(change.explanation)},
          {"package", package_json(entry.package)},
          {"transaction", transaction_json(change.transaction)}};
}

Json head_json(const Baseline& baseline, const BaselineTrust& trust) {
  if (baseline.generation == 0) return nullptr;
  return {{"generation", baseline.generation},
          {"time", baseline.time},
          {"reason", baseline.reason},
          {"digest", baseline.digest},
          {"machine_id", text_or_null(baseline.machine)},
          {"signature", signature_word(trust)},
          {"signed_by", text_or_null(trust.signed_by)},
          {"expected", trust.is_expected}};
}

Json changes_of(const BaselineReport& report, ChangeKind kind) {
  Json list = Json::array();
  for (const BaselineChange& change : report.changes) {
    if (change.kind == kind) list.push_back(change_json(change));
  }
  return list;
}

Json same_host_json(BaselineHost host) {
  return host == BaselineHost::unknown ? Json(nullptr) : Json(host == BaselineHost::same);
}

Json accepted_json(const std::vector<const BaselineChange*>& accepted) {
  Json list = Json::array();
  for (const BaselineChange* change : accepted) {
    const CoveredFile& file = change->entry().file;
    list.push_back({{"change", to_string(change->kind)},
                    {"path", file.path},
                    {"kind", to_string(file.kind)},
                    {"kernel", text_or_null(file.kernel)}});
  }
  return list;
}

}  // namespace

std::string print_drift_json(const BaselineReport& report, const Facts& facts) {
  Json document = json_document("baseline", facts);
  document["baseline"] = head_json(report.baseline, report.trust);
  document["same_host"] = same_host_json(report.host);
  document["files"] = report.files;
  document["folders"] = report.folders ? Json(*report.folders) : Json(nullptr);
  for (const ChangeKind kind : {ChangeKind::added, ChangeKind::removed, ChangeKind::changed})
    document[std::string(to_string(kind))] = changes_of(report, kind);
  document["suspicious"] = report.suspicious();
  document["warnings"] = report.warnings;
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

std::string print_drift_ndjson(const BaselineReport& report, const Facts& facts) {
  if (report.changes.empty() && report.unseen.empty()) return {};
  std::string text = print_head_line("baseline", facts);
  for (const BaselineChange& change : report.changes) {
    Json line = {{"schema", "kmodsec.baseline-change/1"}, {"change", to_string(change.kind)}};
    line.update(change_json(change));
    text += print_json_line(line);
  }
  for (const Unseen& gap : report.unseen)
    text += print_json_line(
        {{"schema", "kmodsec.baseline-gap/1"}, {"what", gap.what}, {"why", gap.why}});
  return text;
}

std::string print_summary_json(const BaselineSummary& summary, const Facts& facts) {
  const Baseline& baseline = summary.baseline;
  const std::size_t folders = count_folders(baseline.entries);
  Json document = json_document("baseline-summary", facts);
  document["baseline"] = head_json(baseline, summary.trust);
  document["files"] = baseline.entries.size() - folders;
  document["folders"] = records_folders(baseline) ? Json(folders) : Json(nullptr);
  document["accepted"] = accepted_json(summary.accepted);
  document["unseen"] = to_json(summary.unseen);
  return print_json(document);
}

}  // namespace kmodsec
