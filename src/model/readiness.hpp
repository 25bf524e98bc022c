// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/report.hpp"

namespace kmodsec {

/// How much a freeze takes away, each until the next boot.
enum class FreezeLevel {
  signatures,  ///< Modules without a trusted signature are refused (sig_enforce).
  lockdown,    ///< The same, and root may not write to the kernel by other ways (integrity).
  all,         ///< Nothing is loaded or unloaded any more (modules_disabled).
};

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

/// The word of the policy and of --level.
std::string_view to_string(FreezeLevel level);

}  // namespace kmodsec
