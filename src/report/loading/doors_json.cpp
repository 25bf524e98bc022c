// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/deciding_line.hpp"
#include "report/doors_report.hpp"
#include "report/json.hpp"
#include "report/place_json.hpp"

namespace kmodsec {
namespace {

Json door_json(const DoorVerdict& verdict) {
  return {{"door", to_string(verdict.door)},
          {"outcome", to_string(verdict.outcome)},
          {"decided_by", line_json(verdict.decided_by)},
          {"note", text_or_null(verdict.note)}};
}

Json reach_json(const ModuleReach& reach) {
  return {{"reach", to_string(reach.reach)}, {"trigger", text_or_null(reach.trigger)}};
}

Json module_json(const ModuleDoors& module) {
  Json doors = Json::array();
  for (const DoorVerdict& verdict : module.doors) doors.push_back(door_json(verdict));
  Json json = place_json(module);
  json["once_in"] = reach_json(module.once_in);
  json["exploited"] = module.exploited;
  json["doors"] = std::move(doors);
  return json;
}

Json requested_json(const RequestedModule& module) {
  return {{"name", module.name},
          {"outcome", to_string(module.outcome)},
          {"decided_by", line_json(module.decided_by)},
          {"note", text_or_null(module.note)},
          {"brings", module.brings}};
}

Json request_json(const RequestDoors& request) {
  Json modules = Json::array();
  for (const RequestedModule& module : request.modules) modules.push_back(requested_json(module));
  return {{"request", request.request},
          {"kernel", request.kernel},
          {"decided_by", line_json(request.decided_by)},
          {"note", text_or_null(request.note)},
          {"modules", std::move(modules)}};
}

}  // namespace

std::string print_doors_json(const DoorsReport& report) {
  Json document = json_document("doors", *report.kernel);
  document["modules"] = Json::array();
  for (const ModuleDoors& module : report.modules)
    document["modules"].push_back(module_json(module));
  document["requests"] = Json::array();
  for (const RequestDoors& request : report.requests)
    document["requests"].push_back(request_json(request));
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
