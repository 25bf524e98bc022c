// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// The binary index, which alone modprobe reads; the text that depmod wrote beside it only where
/// there is none. One that is there and cannot be read is a gap, whatever the text says.
template <class T>
const Seen<T>& one_in_use(const Seen<T>& binary, const Seen<T>& text) {
  const bool is_absent = !binary && binary.error().kind == ErrorKind::not_found;
  return is_absent ? text : binary;
}

inline const Seen<std::vector<IndexEntry>>& index_in_use(const ModuleTree& tree) {
  return one_in_use(tree.binary_index, tree.index);
}

inline const Seen<std::vector<AliasEntry>>& aliases_in_use(const ModuleTree& tree) {
  return one_in_use(tree.binary_aliases, tree.aliases);
}

/// Where a module is that an index names by a path, which lies below the folder unless it begins
/// with a slash.
inline std::string path_of(const ModuleTree& tree, std::string_view indexed) {
  return indexed.starts_with('/') ? std::string(indexed) : tree.folder + "/" + std::string(indexed);
}

}  // namespace kmodsec
