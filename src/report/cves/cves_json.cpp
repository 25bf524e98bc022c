// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/utc_time.hpp"
#include "model/cves/cve_tracker.hpp"
#include "report/cves/cve_json.hpp"
#include "report/cves/cves_report.hpp"
#include "report/json.hpp"
#include "report/modules/module_json.hpp"
#include "report/place_json.hpp"

namespace kmodsec {
namespace {

Json module_json(const ModuleCves& module) {
  Json cves = Json::array();
  for (const CveAnswer& answer : module.cves) {
    Json cve = cve_json(answer);
    cve["attacker_position"] = to_string(answer.position);
    cves.push_back(std::move(cve));
  }
  Json mitigations = Json::array();
  for (const Mitigation& line : module.mitigations)
    mitigations.push_back({{"kind", to_string(line.kind)}, {"text", line.words}});
  Json json = place_json(module);
  json["unused"] = module.use.unused ? Json(*module.use.unused) : Json(nullptr);
  json["use"] = use_json(module.use);
  json["vulnerabilities"] = counts_json(module.counts);
  json["cves"] = std::move(cves);
  json["mitigations"] = std::move(mitigations);
  return json;
}

Json kernel_json(const KernelWithCves& kernel) {
  return {{"release", kernel.release},
          {"vendor", kernel.vendor},
          {"version", text_or_null(kernel.version)},
          {"source", kernel.source},
          {"why_not", text_or_null(kernel.why_not)},
          {"newer_than_data", kernel.newer_than_data},
          {"changelog", text_or_null(kernel.changelog)}};
}

}  // namespace

std::string print_cves_json(const CvesReport& report) {
  Json document = json_document("cves", *report.facts);
  document["data"] = {
      {"date", utc_date(report.known->date)},
      {"age_days", age_in_days(*report.known, report.now)},
      {"old", is_old(*report.known, report.now)},
      {"tracker", report.known->tracker ? Json(report.known->tracker->path) : Json(nullptr)}};
  document["kernels"] = Json::array();
  for (const KernelWithCves& kernel : report.kernels)
    document["kernels"].push_back(kernel_json(kernel));
  document["counts"] = {{"modules", report.counts.modules},
                        {"affected", report.counts.affected},
                        {"under_investigation", report.counts.under_investigation},
                        {"notable", report.counts.notable}};
  document["modules"] = Json::array();
  for (const ModuleCves& module : report.modules)
    document["modules"].push_back(module_json(module));
  document["deniable"] = report.deniable;
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
