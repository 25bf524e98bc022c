// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

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

}  // namespace kmodsec
