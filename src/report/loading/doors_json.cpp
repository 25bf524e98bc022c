// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/load_config.hpp"
#include "report/deciding_line.hpp"
#include "report/exposure_report.hpp"
#include "report/json.hpp"
#include "report/place_json.hpp"

namespace kmodsec {
namespace {

Json load_path_json(const LoadPathVerdict& verdict) {
  return {{"load_path", to_string(verdict.load_path)},
          {"outcome", to_string(verdict.outcome)},
          {"decided_by", line_json(verdict.decided_by)},
          {"note", text_or_null(verdict.note)}};
}

Json attacker_json(const Attacker& position) {
  return {{"attacker_position", to_string(position.position)},
          {"trigger", text_or_null(position.trigger)}};
}

Json module_json(const ModuleLoadPaths& module) {
  Json load_paths = Json::array();
  for (const LoadPathVerdict& verdict : module.load_paths)
    load_paths.push_back(load_path_json(verdict));
  Json json = place_json(module);
  json["when_loaded"] = attacker_json(module.when_loaded);
  json["vulnerabilities"] =
      module.vulnerabilities ? counts_json(*module.vulnerabilities) : Json(nullptr);
  json["exploited"] = module.exploited;
  json["file_status"] = to_string(module.file_state.status);
  json["load_paths"] = std::move(load_paths);
  return json;
}

Json requested_json(const RequestedModule& module) {
  return {
      {"name", module.name},
      {"outcome", to_string(module.outcome)},
      {"decided_by", line_json(module.decided_by)},
      {"note", text_or_null(module.note)},
      {"brings", module.brings},
      {"in_initramfs", module.in_initramfs ? load_path_json(*module.in_initramfs) : Json(nullptr)}};
}

Json request_json(const RequestLoadPaths& request) {
  Json modules = Json::array();
  for (const RequestedModule& module : request.modules) modules.push_back(requested_json(module));
  return {{"request", request.request},
          {"kernel", request.kernel},
          {"decided_by", line_json(request.decided_by)},
          {"note", text_or_null(request.note)},
          {"modules", std::move(modules)}};
}

Json loader_json(const ExposureReport& report) {
  if (report.loader == nullptr) return nullptr;
  const ModuleLoader& loader = *report.loader;
  return {{"kind", to_string(loader.kind)},
          {"path", loader.path},
          {"path_from", text_or_null(loader.path_from)},
          {"program", text_or_null(loader.program)},
          {"version", loader.version == 0 ? Json(nullptr) : Json(loader.version)},
          {"version_from", text_or_null(loader.version_from)}};
}

Json init_json(const HostInit* init) {
  if (init == nullptr) return nullptr;
  return {{"system", to_string(init->system)}, {"evidence", text_or_null(init->evidence)}};
}

}  // namespace

std::string print_doors_json(const ExposureReport& report) {
  Json document = json_document("doors", *report.facts);
  document["init"] = init_json(report.init);
  document["modules"] = Json::array();
  for (const ModuleLoadPaths& module : report.modules)
    document["modules"].push_back(module_json(module));
  document["requests"] = Json::array();
  for (const RequestLoadPaths& request : report.requests)
    document["requests"].push_back(request_json(request));
  document["loader"] = loader_json(report);
  document["without_modules"] = report.without_modules;
  document["assumed"] = report.assumed;
  document["pending"] = Json::array();
  for (const PendingParameter& parameter : report.pending)
    document["pending"].push_back({{"kernel", parameter.kernel},
                                   {"text", parameter.text},
                                   {"source", parameter.source},
                                   {"line", parameter.line},
                                   {"comes", parameter.comes}});
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
