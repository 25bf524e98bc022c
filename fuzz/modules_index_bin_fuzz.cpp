// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modules_index_bin.hpp"
#include "target.hpp"

/// Both read the same trie: what one refuses, the other does not read.
void kmodsec::examine(std::string_view input) {
  const auto modules = parse_modules_dep_bin(input);
  const auto aliases = parse_modules_alias_bin(input);
  require(modules.has_value() == aliases.has_value());
  require(modules.has_value() == parse_modules_builtin_bin(input).has_value());
  std::set<std::string> names = {"loop", ""};
  if (modules)
    for (const IndexEntry& entry : *modules) names.insert(entry.name);
  find_in_modules_dep_bin(input, names);
  require(modules.has_value() == paths_in_modules_dep_bin(input).has_value());
}
