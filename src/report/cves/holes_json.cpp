// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/utc_time.hpp"
#include "report/cves/hole_json.hpp"
#include "report/cves/holes_report.hpp"
#include "report/json.hpp"
#include "report/place_json.hpp"

namespace kmodsec {
namespace {

Json module_json(const ModuleHoles& module) {
  Json holes = Json::array();
  for (const HoleAnswer& answer : module.holes) {
    Json hole = hole_json(answer);
    hole["reach"] = to_string(answer.reach);
    holes.push_back(std::move(hole));
  }
  Json advice = Json::array();
  for (const AdviceLine& line : module.advice)
    advice.push_back({{"kind", to_string(line.kind)}, {"text", line.words}});
  Json json = place_json(module);
  json["cves"] = std::move(holes);
  json["advice"] = std::move(advice);
  return json;
}

Json kernel_json(const KernelWithHoles& kernel) {
  return {{"release", kernel.release},
          {"vendor", kernel.vendor},
          {"version", text_or_null(kernel.version)},
          {"source", kernel.source},
          {"why_not", text_or_null(kernel.why_not)},
          {"newer_than_data", kernel.newer_than_data},
          {"changelog", text_or_null(kernel.changelog)}};
}

}  // namespace

std::string print_holes_json(const HolesReport& report) {
  Json document = json_document("cves", *report.kernel);
  document["data"] = {
      {"date", utc_date(report.known->date)},
      {"age_days", std::max<std::int64_t>(age_in_days(*report.known, report.now), 0)},
      {"old", is_old(*report.known, report.now)}};
  document["kernels"] = Json::array();
  for (const KernelWithHoles& kernel : report.kernels)
    document["kernels"].push_back(kernel_json(kernel));
  document["counts"] = {{"modules", report.counts.modules},
                        {"affected", report.counts.affected},
                        {"cannot_tell", report.counts.cannot_tell},
                        {"notable", report.counts.notable}};
  document["modules"] = Json::array();
  for (const ModuleHoles& module : report.modules)
    document["modules"].push_back(module_json(module));
  document["deniable"] = report.deniable;
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
