// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/known_holes.hpp"

namespace kmodsec {

/// A row of the tables while they are built. For the members see `HoleRecord`.
struct HoleRow {
  std::string id;
  std::string modules;
  std::string flags;
  std::string versions;
  Exploit exploit = Exploit::none;
  std::string trigger;
  std::string score;
  std::string links;
};

/// The views point into `row`.
inline HoleRecord record_of(const HoleRow& row) {
  return {.id = row.id,
          .modules = row.modules,
          .flags = row.flags,
          .versions = row.versions,
          .exploit = row.exploit,
          .trigger = row.trigger,
          .score = row.score,
          .links = row.links};
}

}  // namespace kmodsec
