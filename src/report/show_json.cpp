// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "model/names.hpp"
#include "report/cves/cve_json.hpp"
#include "report/inventory_report.hpp"
#include "report/modules/module_json.hpp"
#include "report/place_json.hpp"

namespace kmodsec {
namespace {

/// Each field as a list: authors, aliases, parameters and firmware come more than once.
Json info_json(const std::vector<InfoField>& info) {
  Json fields = Json::object();
  for (const InfoField& field : info) fields[field.key].push_back(field.value);
  return fields;
}

Json options_json(const std::vector<ConfigLine>& options) {
  Json lines = Json::array();
  for (const ConfigLine& option : options)
    lines.push_back(
        {{"options", option.argument}, {"source", option.source}, {"line", option.line}});
  return lines;
}

Json file_json(const ModuleFile* file) {
  if (file == nullptr) return nullptr;
  const bool has_size = file->left_out != LeftOut::details && !file->compression.empty();
  Json json = {{"path", file->path},
               {"size", has_size ? Json(file->size) : Json(nullptr)},
               {"compression", text_or_null(file->compression)}};
  json["sha256"] = file->digests ? Json(file->digests->sha256) : Json(nullptr);
  json["build_id"] = file->content && !file->content->build_id.empty()
                         ? Json(file->content->build_id)
                         : Json(nullptr);
  json["unpacking"] = text_or_null(file->kernel_cannot_unpack);
  json["error"] = file->content ? Json(nullptr) : Json(file->content.error().reason);
  return json;
}

Json versions_json(const std::vector<SymbolVersion>& versions) {
  Json list = Json::array();
  for (const SymbolVersion& version : versions)
    list.push_back({{"symbol", version.name}, {"crc", fmt::format("0x{:08x}", version.crc)}});
  return list;
}

Json cves_json(const std::optional<std::vector<CveAnswer>>& cves) {
  if (!cves) return nullptr;
  Json list = Json::array();
  for (const CveAnswer& answer : *cves) list.push_back(cve_json(answer));
  return list;
}

Json keep_json(const std::optional<KeepAnswer>& keep) {
  if (!keep) return nullptr;
  const bool kept = keep->kept.has_value();
  return {{"mode", to_string(keep->mode)},
          {"kept", kept},
          {"denied", keep->denied},
          {"cause", kept ? Json(to_string(keep->kept->cause)) : Json(nullptr)},
          {"reason", kept ? Json(keep->kept->reason) : Json(nullptr)},
          {"attacker_position", kept ? Json(nullptr) : Json(to_string(keep->reach.position))},
          {"trigger", text_or_null(keep->reach.trigger)}};
}

Json details_json(const ModuleDetails& details) {
  Json module = module_json({details.name,
                             details.loaded,
                             details.file,
                             details.file_state,
                             details.signature,
                             details.use,
                             {}});
  module["builtin"] = details.builtin != nullptr;
  module["address"] = details.loaded != nullptr && details.loaded->address
                          ? Json(fmt::format("0x{:016x}", *details.loaded->address))
                          : Json(nullptr);
  module["file"] = file_json(details.file);
  const bool readable = details.file != nullptr && details.file->content;
  module["info"] = readable                     ? info_json(details.file->content->info)
                   : details.builtin != nullptr ? info_json(details.builtin->info)
                                                : Json(nullptr);
  if (details.file != nullptr && details.file->signature) {
    module["signature"]["id_type"] = text_or_null(details.file->signature->id_type);
    module["signature"]["value"] = text_or_null(details.file->signature->value);
  }
  module["loaded_against_file"] = identity_json(details.identity);
  module["parameters"] = live_parameters_json(details.loaded);
  module["kernel"] = text_or_null(details.kernel);
  module["load_paths"] = details.load_paths ? place_json(*details.load_paths) : Json(nullptr);
  module["keep"] = keep_json(details.keep);
  module["cves"] = cves_json(details.cves);
  module["vulnerabilities"] = details.cves ? counts_json(counts_of(*details.cves)) : Json(nullptr);
  module["configured_options"] = options_json(details.options);
  if (details.versions) module["symbol_versions"] = versions_json(*details.versions);
  return module;
}

}  // namespace

std::string print_show_json(const ModuleSelection& selection) {
  Json document = json_document("show", *selection.facts);
  document["modules"] = Json::array();
  for (const ModuleDetails& details : selection.modules)
    document["modules"].push_back(details_json(details));
  document["unseen"] = to_json(selection.unseen);
  return print_json(document);
}

}  // namespace kmodsec
