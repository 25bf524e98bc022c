// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/modules/module_json.hpp"

#include "model/names.hpp"

namespace kmodsec {
namespace {

Json trusted_by_json(const SignatureVerdict& verdict) {
  if (verdict.keyring.empty()) return nullptr;
  return {{"keyring", verdict.keyring}, {"certificate", text_or_null(verdict.certificate_source)}};
}

}  // namespace

Json letters_json(const LoadedModule* loaded) {
  if (loaded == nullptr) return nullptr;
  Json letters = Json::array();
  for (const char letter : loaded->taint) letters.push_back(std::string(1, letter));
  return letters;
}

Json live_parameters_json(const LoadedModule* loaded) {
  if (loaded == nullptr) return nullptr;
  Json parameters = Json::object();
  for (const Parameter& parameter : loaded->parameters)
    parameters[parameter.name] = or_null(parameter.value);
  return parameters;
}

Json signature_json(const ModuleFile* file, const SignatureVerdict& verdict) {
  const Signature fields = file != nullptr && file->signature ? *file->signature : Signature{};
  return {{"status", to_string(verdict.status)},
          {"signer", text_or_null(fields.signer)},
          {"key_id", text_or_null(fields.key_id)},
          {"hash_algorithm", text_or_null(fields.hash_algorithm)},
          {"trusted_by", trusted_by_json(verdict)},
          {"reason", text_or_null(verdict.reason)}};
}

Json identity_json(const std::optional<Identity>& identity) {
  if (!identity) return nullptr;
  return {{"status", to_string(identity->status)},
          {"reason", text_or_null(identity->reason)},
          {"evidence", to_json(identity->evidence)}};
}

Json package_json(const ModuleFile* file) {
  return file == nullptr || !file->package ? Json(nullptr) : package_json(*file->package);
}

Json package_json(const PackageClaim& claim) {
  return {{"name", text_or_null(claim.name)},
          {"version", text_or_null(claim.version)},
          {"level", to_string(claim.level)}};
}

Json users_json(const std::vector<ModuleUser>& users) {
  Json list = Json::array();
  for (const ModuleUser& user : users) list.push_back({{"kind", user.kind}, {"what", user.what}});
  return list;
}

Json use_json(const ModuleUse& use) { return words_of(use); }

Json module_json(const ModuleRow& row) {
  const LoadedModule* loaded = row.loaded;
  const bool readable = row.file != nullptr && row.file->content;
  Json module;
  module["name"] = row.name;
  module["loaded"] = loaded != nullptr;
  module["size"] = loaded != nullptr ? Json(loaded->size) : Json(nullptr);
  module["refcount"] = loaded != nullptr ? or_null(loaded->refcount) : Json(nullptr);
  module["used_by"] = loaded != nullptr ? Json(loaded->used_by) : Json::array();
  module["users"] = users_json(row.use.users);
  module["permanent"] = loaded != nullptr && loaded->permanent;
  module["state"] = loaded != nullptr ? Json(loaded->state) : Json(nullptr);
  module["taint"] = letters_json(loaded);
  module["unused"] = loaded != nullptr ? or_null(row.use.unused) : Json(nullptr);
  module["use"] = loaded != nullptr ? use_json(row.use) : Json(nullptr);
  module["license"] =
      readable ? text_or_null(info_value(row.file->content->info, "license")) : Json(nullptr);
  module["path"] = row.file != nullptr ? Json(row.file->path) : Json(nullptr);
  module["file_status"] = to_string(row.file_state.status);
  module["package"] = package_json(row.file);
  module["signature"] = signature_json(row.file, row.signature);
  return module;
}

}  // namespace kmodsec
