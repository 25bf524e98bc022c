// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_packed_files.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "format/files/json.hpp"
#include "format/snapshot_subjects.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

using Aliases = std::unordered_map<std::string_view, std::vector<std::string_view>>;

Aliases aliases_by_module(const ModuleTree& tree) {
  Aliases by_module;
  if (!tree.aliases) return by_module;
  for (const AliasEntry& alias : *tree.aliases) by_module[alias.module].emplace_back(alias.pattern);
  return by_module;
}

/// "a,b" as `depends` of modinfo writes it.
std::optional<nlohmann::json> packed_needs(const std::string& list, const ModuleNames& names) {
  std::vector<std::string> needed;
  nlohmann::json packed = nlohmann::json::array();
  for (const std::string_view name : split(list, ',')) {
    needed.emplace_back(name);
    packed.push_back(names.packed(needed.back()));
  }
  return join(needed, ",") == list ? std::optional(std::move(packed)) : std::nullopt;
}

class Packer {
 public:
  explicit Packer(const ModuleTree& tree)
      : names_(*tree.index), aliases_(aliases_by_module(tree)), files_(tree.index->size()) {
    for (std::size_t i = 0; i < tree.index->size(); ++i) {
      const IndexEntry& entry = (*tree.index)[i];
      places_.try_emplace(path_of(tree, entry.path), Place{i, entry.name});
    }
  }

  /// Whether the file is one that can be packed.
  bool take(const ModuleFile& file) {
    const auto place = places_.find(file.path);
    if (place == places_.end() || files_[place->second.entry]) return false;
    const bool is_plain = file.left_out == LeftOut::details && file.content && file.size == 0 &&
                          file.name == place->second.name && file.content->own_name == file.name &&
                          begins_with_aliases(file);
    if (!is_plain) return false;
    const std::size_t aliases = aliases_[file.name].size();
    auto needs = packed_needs(file.content->info[aliases].value, names_);
    if (!needs) return false;
    files_[place->second.entry] = {kind_of(file, aliases + 1), std::move(*needs)};
    return true;
  }

  nlohmann::json packed() const {
    nlohmann::json left = nlohmann::json::array();
    nlohmann::json kinds = nlohmann::json::array();
    nlohmann::json needs = nlohmann::json::array();
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (!files_[i]) left.push_back(i);
      if (!files_[i]) continue;
      kinds.push_back(files_[i]->kind);
      needs.push_back(files_[i]->needs);
    }
    return {{"kinds", kinds_}, {"not_here", left}, {"kind", kinds}, {"depends", needs}};
  }

 private:
  struct Place {
    std::size_t entry;
    std::string_view name;
  };
  struct File {
    std::size_t kind;
    nlohmann::json needs;
  };

  /// The aliases of the index, in its order, then what it needs, and neither again.
  bool begins_with_aliases(const ModuleFile& file) {
    const std::vector<std::string_view>& aliases = aliases_[file.name];
    const std::vector<InfoField>& info = file.content->info;
    if (info.size() <= aliases.size()) return false;
    for (std::size_t i = 0; i < aliases.size(); ++i) {
      if (info[i].key != "alias" || info[i].value != aliases[i]) return false;
    }
    const auto needs = info.begin() + static_cast<std::ptrdiff_t>(aliases.size());
    return needs->key == "depends" && std::none_of(needs + 1, info.end(), [](const InfoField& it) {
             return it.key == "alias" || it.key == "depends";
           });
  }

  std::size_t kind_of(ModuleFile file, std::size_t own_fields) {
    file.path.clear();
    file.name.clear();
    file.content->own_name.clear();
    auto& info = file.content->info;
    info.erase(info.begin(), info.begin() + static_cast<std::ptrdiff_t>(own_fields));
    nlohmann::json json;
    write_json(json, file);
    const auto [known, is_new] = numbers_.try_emplace(dump_json(json, -1), kinds_.size());
    if (is_new) kinds_.push_back(std::move(json));
    return known->second;
  }

  ModuleNames names_;
  Aliases aliases_;
  std::map<std::string, Place> places_;
  std::map<std::string, std::size_t> numbers_;
  nlohmann::json kinds_ = nlohmann::json::array();
  std::vector<std::optional<File>> files_;
};

/// What all files of a kind have, and how much that is.
struct Kind {
  ModuleFile file;
  std::size_t bytes = 0;
};

/// What facts of this JSON take: short values take more than their text.
std::size_t bytes_of(const nlohmann::json& json) {
  const std::string text = dump_json(json, -1);
  const auto values =
      std::ranges::count_if(text, [](char one) { return one == ',' || one == '[' || one == '{'; });
  return text.size() + static_cast<std::size_t>(values) * bytes_beside_text;
}

std::vector<Kind> kinds_in(const nlohmann::json& json) {
  std::vector<Kind> kinds;
  for (const nlohmann::json& one : elements_of(json)) {
    Kind& kind = kinds.emplace_back();
    read_json(one, kind.file);
    kind.bytes = bytes_of(one);
    if (!kind.file.content) refuse_packed(one, "is a kind of files that were not read");
  }
  return kinds;
}

class Unpacker {
 public:
  Unpacker(const nlohmann::json& json, const ModuleTree& tree, Budget& budget)
      : json_(json),
        budget_(budget),
        names_(*tree.index),
        aliases_(aliases_by_module(tree)),
        kinds_(kinds_in(json.at("kinds"))) {}

  ModuleFile file(const IndexEntry& entry, std::string path, const nlohmann::json& number,
                  const nlohmann::json& needs) {
    const auto kind = number.get<std::uint64_t>();
    if (kind >= kinds_.size()) refuse_packed(json_, "has files of no kind");
    spend(budget_, kinds_[kind].bytes + path.size() + entry.name.size(), json_);
    ModuleFile file = kinds_[kind].file;
    file.path = std::move(path);
    file.name = entry.name;
    file.content->own_name = entry.name;
    auto& info = file.content->info;
    std::vector<InfoField> own = own_fields(entry, needs);
    info.insert(info.begin(), std::make_move_iterator(own.begin()),
                std::make_move_iterator(own.end()));
    return file;
  }

 private:
  std::vector<InfoField> own_fields(const IndexEntry& entry, const nlohmann::json& needs) {
    std::vector<InfoField> fields;
    for (const std::string_view pattern : aliases_[entry.name]) {
      spend(budget_, pattern.size(), json_);
      fields.push_back({"alias", std::string(pattern)});
    }
    std::vector<std::string> needed;
    for (const nlohmann::json& module : elements_of(needs)) {
      needed.push_back(names_.unpacked(module));
      spend(budget_, needed.back().size(), json_);
    }
    fields.push_back({"depends", join(needed, ",")});
    return fields;
  }

  const nlohmann::json& json_;
  Budget& budget_;
  ModuleNames names_;
  Aliases aliases_;
  std::vector<Kind> kinds_;
};

/// Whether each entry of the index is one of the files.
std::vector<bool> entries_here(const nlohmann::json& json, std::size_t count) {
  std::vector<bool> here(count, true);
  for (const nlohmann::json& position : elements_of(json.at("not_here"))) {
    const auto entry = position.get<std::uint64_t>();
    if (entry >= count) refuse_packed(json, "leaves out what is in no index");
    here[entry] = false;
  }
  return here;
}

}  // namespace

nlohmann::json packed_files(const ModuleTree& tree, std::vector<ModuleFile>& rest) {
  Packer packer(tree);
  for (const ModuleFile& file : *tree.files) {
    if (!packer.take(file)) rest.push_back(file);
  }
  return packer.packed();
}

void unpack_files(const nlohmann::json& json, Budget& budget, ModuleTree& tree) {
  if (!tree.index || !tree.files) refuse_packed(json, "has files without an index");
  const std::vector<bool> here = entries_here(json, tree.index->size());
  const auto& kinds = elements_of(json.at("kind"));
  const auto& needs = elements_of(json.at("depends"));
  const auto count = static_cast<std::size_t>(std::ranges::count(here, true));
  if (kinds.size() != count || needs.size() != count) refuse_packed(json, "has another count");
  Unpacker unpacker(json, tree, budget);
  std::size_t next = 0;
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (!here[i]) continue;
    const IndexEntry& entry = (*tree.index)[i];
    tree.files->push_back(
        unpacker.file(entry, path_of(tree, entry.path), kinds[next], needs[next]));
    ++next;
  }
  std::ranges::stable_sort(*tree.files, {}, &ModuleFile::path);
}

}  // namespace kmodsec
