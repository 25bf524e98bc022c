// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_packed_indexes.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "format/files/front_coding.hpp"
#include "format/snapshot_fields.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/spelt_patterns.hpp"

namespace kmodsec {
namespace {

std::vector<std::string> unpacked_texts(const nlohmann::json& json, Budget& budget) {
  std::vector<std::string> texts;
  std::string_view previous;
  for (const nlohmann::json& coded : elements_of(json)) {
    auto text = front_decoded(coded.get_ref<const std::string&>(), previous);
    if (!text) refuse_packed(coded, text.error().reason.c_str());
    spend(budget, text->size(), json);
    texts.push_back(utf8_text(*text));
    previous = texts.back();
  }
  return texts;
}

}  // namespace

void refuse_packed(const nlohmann::json& json, const char* why) {
  throw nlohmann::json::other_error::create(502, why, &json);
}

ModuleNames::ModuleNames(const std::vector<IndexEntry>& index) {
  names_.reserve(index.size());
  for (const IndexEntry& entry : index) {
    positions_.try_emplace(entry.name, names_.size());
    names_.emplace_back(entry.name);
  }
}

nlohmann::json ModuleNames::packed(const std::string& name) const {
  const auto found = positions_.find(name);
  return found == positions_.end() ? nlohmann::json(name) : nlohmann::json(found->second);
}

std::string ModuleNames::unpacked(const nlohmann::json& json) const {
  if (json.is_string()) return json.get<std::string>();
  const auto position = json.get<std::uint64_t>();
  if (!json.is_number_unsigned() || position >= names_.size())
    refuse_packed(json, "names a module that is not there");
  return std::string(names_[position]);
}

nlohmann::json packed_index(const std::vector<IndexEntry>& index) {
  const ModuleNames names(index);
  std::vector<std::string_view> paths;
  nlohmann::json needs = nlohmann::json::array();
  for (const IndexEntry& entry : index) {
    paths.emplace_back(entry.path);
    nlohmann::json& of_entry = needs.emplace_back(nlohmann::json::array());
    for (const std::string& name : entry.depends) of_entry.push_back(names.packed(name));
  }
  return {{"paths", front_coded(paths)}, {"depends", std::move(needs)}};
}

std::vector<IndexEntry> unpacked_index(const nlohmann::json& json, Budget& budget) {
  std::vector<IndexEntry> index;
  for (std::string& path : unpacked_texts(json.at("paths"), budget)) {
    std::string name = module_name_of_path(path);
    spend(budget, name.size(), json);
    index.push_back({std::move(name), std::move(path), {}});
  }
  const auto& needs = elements_of(json.at("depends"));
  if (needs.size() != index.size()) refuse_packed(json, "has entries without needs");
  const ModuleNames names(index);
  for (std::size_t i = 0; i < index.size(); ++i) {
    for (const nlohmann::json& module : elements_of(needs[i])) {
      index[i].depends.push_back(names.unpacked(module));
      spend(budget, index[i].depends.back().size(), json);
    }
  }
  return index;
}

nlohmann::json packed_aliases(const std::vector<AliasEntry>& aliases, const ModuleNames& names) {
  std::vector<std::string_view> patterns;
  nlohmann::json modules = nlohmann::json::array();
  std::vector<std::uint64_t> counts;
  std::optional<std::string_view> last;
  for (const AliasEntry& alias : aliases) {
    patterns.emplace_back(alias.pattern);
    if (last != alias.module) {
      modules.push_back(names.packed(alias.module));
      counts.push_back(0);
    }
    ++counts.back();
    last = alias.module;
  }
  return {{"modules", std::move(modules)}, {"counts", counts}, {"patterns", front_coded(patterns)}};
}

std::vector<AliasEntry> unpacked_aliases(const nlohmann::json& json, const ModuleNames& names,
                                         Budget& budget) {
  std::vector<AliasEntry> aliases;
  auto patterns = unpacked_texts(json.at("patterns"), budget);
  const auto& modules = elements_of(json.at("modules"));
  const auto& counts = elements_of(json.at("counts"));
  if (modules.size() != counts.size()) refuse_packed(json, "has modules without aliases");
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const std::string module = names.unpacked(modules[i]);
    const auto count = counts[i].get<std::uint64_t>();
    if (count > patterns.size() - aliases.size()) refuse_packed(json, "has aliases without texts");
    for (std::uint64_t done = 0; done < count; ++done) {
      spend(budget, module.size(), json);
      aliases.push_back({std::move(patterns[aliases.size()]), module});
    }
  }
  if (aliases.size() != patterns.size()) refuse_packed(json, "has aliases of no module");
  return aliases;
}

std::vector<IndexEntry> index_by_name(std::vector<IndexEntry> index) {
  std::ranges::stable_sort(index, {}, &IndexEntry::name);
  return index;
}

std::vector<AliasEntry> aliases_by_pattern(const std::vector<AliasEntry>& aliases,
                                           bool spelt_as_in_text) {
  std::unordered_map<std::string_view, std::size_t> ranks;
  static const std::vector<AliasEntry> none;
  const SpeltPatterns spelt(spelt_as_in_text ? aliases : none);
  std::vector<std::tuple<std::size_t, std::string, std::string_view>> ranked;
  for (const AliasEntry& alias : aliases) {
    const std::size_t rank = ranks.try_emplace(alias.module, ranks.size()).first->second;
    auto pattern = normalized_pattern(alias.pattern);
    if (!pattern) continue;
    ranked.emplace_back(rank, std::move(*pattern), alias.module);
  }
  std::ranges::stable_sort(ranked);
  std::vector<AliasEntry> sorted;
  sorted.reserve(ranked.size());
  for (auto& [rank, pattern, module] : ranked) {
    sorted.push_back({spelt.of(pattern), std::string(module)});
  }
  return sorted;
}

}  // namespace kmodsec
