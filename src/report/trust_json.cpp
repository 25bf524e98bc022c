// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "model/modules/unpacking.hpp"
#include "model/names.hpp"
#include "report/json.hpp"
#include "report/modules/module_json.hpp"
#include "report/trust_report.hpp"

namespace kmodsec {
namespace {

Json verified_json(const VerifiedModule& module, const KernelState& kernel) {
  Json json = {{"name", module.name},
               {"path", module.file != nullptr ? Json(module.file->path) : Json(nullptr)},
               {"file_status", to_string(module.file_state.status)}};
  json.update(signature_json(module.file, module.verdict));
  json["sha256"] = module.file != nullptr && module.file->digests
                       ? Json(module.file->digests->sha256)
                       : Json(nullptr);
  json["unpacking"] = text_or_null(
      module.file != nullptr ? unpacking_note(*module.file, kernel.module_compression) : "");
  json["loaded_against_file"] = identity_json(module.identity);
  return json;
}

Json key_json(const TrustedKey& key) {
  return {{"keyring", key.keyring},
          {"subject", key.subject},
          {"id", key.id},
          {"certificate", text_or_null(key.certificate)},
          {"for_modules", key.for_modules ? Json(true) : Json(nullptr)}};
}

Json summary_json(const TrustReport& report) {
  Json summary;
  for (const SignatureStatus status : all_signature_statuses)
    summary[to_string(status)] = std::ranges::count(
        report.modules, status, [](const VerifiedModule& module) { return module.verdict.status; });
  return summary;
}

}  // namespace

std::string print_trust_json(const TrustReport& report) {
  Json document = json_document("verify", *report.facts);
  document["summary"] = summary_json(report);
  document["modules"] = Json::array();
  for (const VerifiedModule& module : report.modules)
    document["modules"].push_back(verified_json(module, report.facts->kernel));
  document["keys"] = Json::array();
  for (const TrustedKey& key : report.keys) document["keys"].push_back(key_json(key));
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
