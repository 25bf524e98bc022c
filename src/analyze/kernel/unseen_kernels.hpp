// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/check.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// A disk, on which nothing can be loaded: there is no list to be seen.
inline bool is_of_no_kernel(const Facts& facts) {
  return !facts.live && !facts.loaded && facts.loaded.error().kind == ErrorKind::unsupported;
}

/// What hides which kernel runs, or, where none was found, that any is installed. Without it an
/// answer about every kernel would be one about none.
inline void note_unseen_kernels(const Facts& facts, std::vector<Unseen>& unseen) {
  if (facts.live) note_unseen(facts.kernel.release, unseen);
  if (facts.trees.empty()) note_unseen(facts.installed, unseen);
}

}  // namespace kmodsec
