// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kmodsec {

/// A path and who may change what is there, as the `Root` told it.
struct Ownership {
  std::string path;
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::string> writers;  ///< Whom its access control lists let write beside these.
  std::string unclear;               ///< Why these lists do not tell; empty when they do.
  std::string leads_to;              ///< What is found by way of it, where that is not itself.
};

/// Whether somebody other than root may write what belongs to this owner in this mode, or what is
/// made in it. False where that is unclear, too.
inline bool others_may_write(const Ownership& ownership) {
  constexpr std::uint32_t group_write = 020;
  constexpr std::uint32_t other_write = 02;
  const bool foreign_group = ownership.gid != 0 && (ownership.mode & group_write) != 0;
  return ownership.uid != 0 || foreign_group || (ownership.mode & other_write) != 0 ||
         !ownership.writers.empty();
}

}  // namespace kmodsec
