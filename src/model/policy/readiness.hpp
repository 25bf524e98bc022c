// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/policy/policy.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// Something that would not work after a freeze.
struct FreezeConcern {
  std::string module;  ///< Empty when it is not about one module.
  std::string why;
};

/// Whether a host can be frozen now.
struct Readiness {
  FreezeLevel level = FreezeLevel::all;
  bool is_frozen = false;                 ///< At this level or a stronger one.
  std::vector<FreezeConcern> missing;     ///< Not in yet, and needed: the host is not ready.
  std::vector<FreezeConcern> afterwards;  ///< What will not work any more, or stays open.
  std::vector<Unseen> unseen;

  bool is_ready() const { return missing.empty() && unseen.empty(); }
};

}  // namespace kmodsec
