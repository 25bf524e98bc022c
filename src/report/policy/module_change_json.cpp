// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/module_change_json.hpp"

#include <iterator>

#include "model/names.hpp"
#include "report/deciding_line.hpp"
#include "report/modules/module_json.hpp"
#include "report/policy/module_change_report.hpp"
#include "report/policy/plan_json.hpp"

namespace kmodsec {
namespace {

Json step_json(const LoadStep& step) {
  return {{"module", step.module},
          {"path", step.path},
          {"options", text_or_null(step.options)},
          {"signature", signature_json(step.file, step.signature)}};
}

Json parameter_json(const CheckedParameter& parameter) {
  return {{"module", parameter.module},
          {"parameter", parameter.text},
          {"configured_by", line_json(parameter.line)},
          {"known", parameter.known ? Json(*parameter.known) : Json(nullptr)},
          {"nearest", text_or_null(parameter.nearest)}};
}

Json step_json(const UnloadStep& step) {
  const LoadedModule* loaded = step.loaded;
  const bool counted = loaded != nullptr && loaded->refcount;
  return {{"module", step.module},
          {"loaded", loaded != nullptr},
          {"refcount", counted ? Json(*loaded->refcount) : Json(nullptr)},
          {"used_by", step.use.modules},
          {"users", users_json(step.use.users)},
          {"use", loaded != nullptr ? use_json(step.use) : Json(nullptr)},
          {"goes", step.reason.empty()},
          {"decided_by", line_json(step.decided_by)},
          {"reason", text_or_null(step.reason)}};
}

Json state_json(const LoadedModule& module) {
  return {{"name", module.name},
          {"state", module.state},
          {"refcount", module.refcount ? Json(*module.refcount) : Json(nullptr)},
          {"used_by", module.used_by},
          {"taint", letters_json(&module)},
          {"parameters", live_parameters_json(&module)}};
}

Json unseen_json(std::vector<Unseen> unseen, const std::optional<ModuleChange>& change) {
  if (change) unseen.insert(unseen.end(), change->unseen.begin(), change->unseen.end());
  return to_json(unseen);
}

}  // namespace

Json change_json(const std::optional<ModuleChange>& change) {
  if (!change) return nullptr;
  Json log = Json::array();
  for (const KernelLogLine& line : change->log)
    log.push_back({{"microseconds", line.microseconds}, {"text", line.text}});
  Json loaded = Json::array();
  for (const LoadedModule& module : change->loaded) loaded.push_back(state_json(module));
  return {{"done", change->done},
          {"error", change->error ? Json(to_string(*change->error)) : Json(nullptr)},
          {"log", std::move(log)},
          {"loaded", std::move(loaded)}};
}

std::string print_load_json(const LoadReport& report) {
  const LoadPreflight& preflight = report.preflight;
  Json document = json_document("load", *report.facts);
  document["request"] = preflight.request;
  document["module"] = text_or_null(preflight.module);
  document["outcome"] = to_string(preflight.outcome);
  document["decided_by"] = line_json(preflight.decided_by);
  document["reason"] = text_or_null(preflight.reason);
  document["enforcement"] = line_json(preflight.enforcement);
  document["steps"] = Json::array();
  for (const LoadStep& step : preflight.steps) document["steps"].push_back(step_json(step));
  document["parameters"] = Json::array();
  for (const CheckedParameter& parameter : preflight.parameters)
    document["parameters"].push_back(parameter_json(parameter));
  document["change"] = change_json(report.change);
  document["persisted"] = report.persisted ? plan_json(*report.persisted) : Json(nullptr);
  document["unseen"] = unseen_json(preflight.unseen, report.change);
  return print_json(document);
}

std::string print_unload_json(const UnloadReport& report) {
  Json document = json_document("unload", *report.facts);
  document["steps"] = Json::array();
  for (const UnloadStep& step : report.preflight.steps)
    document["steps"].push_back(step_json(step));
  document["change"] = change_json(report.change);
  document["unseen"] = unseen_json(report.preflight.unseen, report.change);
  return print_json(document);
}

}  // namespace kmodsec
