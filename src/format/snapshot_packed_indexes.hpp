// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "format/snapshot_packing.hpp"

namespace kmodsec {

/// The indexes of depmod in a packed form, see `pack_tree`. Reading throws a
/// `nlohmann::json::exception` for what is damaged.

[[noreturn]] void refuse_packed(const nlohmann::json& json, const char* why);

/// How a module is named where many are: by its position in an index that both sides have, or,
/// where it is not there, by its name.
class ModuleNames {
 public:
  /// Keeps views into the index.
  explicit ModuleNames(const std::vector<IndexEntry>& index);

  nlohmann::json packed(const std::string& name) const;
  std::string unpacked(const nlohmann::json& json) const;

 private:
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint64_t> positions_;
};

/// Of each entry its path, which says its name, and what it needs.
nlohmann::json packed_index(const std::vector<IndexEntry>& index);
std::vector<IndexEntry> unpacked_index(const nlohmann::json& json, Budget& budget);

nlohmann::json packed_aliases(const std::vector<AliasEntry>& aliases, const ModuleNames& names);
std::vector<AliasEntry> unpacked_aliases(const nlohmann::json& json, const ModuleNames& names,
                                         Budget& budget);

/// The binary indexes as depmod makes them beside the texts: entries by their names, aliases by the
/// order of their modules and then by their patterns, `-` as `_`. Where the collector has spelt
/// them as the text does, one with a `-` gives the spelling of all that are the same.
std::vector<IndexEntry> index_by_name(std::vector<IndexEntry> index);
std::vector<AliasEntry> aliases_by_pattern(const std::vector<AliasEntry>& aliases,
                                           bool spelt_as_in_text);

}  // namespace kmodsec
