// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/audit.hpp"
#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"
#include "model/report.hpp"
#include "model/usage/usage_readiness.hpp"

namespace kmodsec {

/// How many modules that are not loaded somebody can bring in.
struct Reach {
  AttackerPosition position = AttackerPosition::root;
  std::size_t modules = 0;
};

/// A command that helps, and what for.
struct NextStep {
  std::string command;
  std::string why;
};

/// A host at a glance. Points into the `Facts` it was made from.
struct HostStatus {
  const Facts* facts = nullptr;
  std::array<std::size_t, 4> failed{};     ///< Checks that fail, by severity.
  std::size_t unknown = 0;                 ///< Checks that could not judge.
  std::optional<std::size_t> not_signed;   ///< Loaded modules; nothing where that is not known.
  std::optional<std::size_t> unexplained;  ///< Those that no package or trusted key explains.
  /// Vulnerabilities of which nobody can tell; nothing where no tables were read.
  std::optional<std::size_t> undecided_cves;
  std::vector<Reach> reach;  ///< The easiest first; without root alone.
  /// Of `deny.everything_else`; nothing where the policy does not ask for it.
  std::optional<UsageReadiness> everything_else;
  std::vector<NextStep> next;  ///< At most three, the most helpful first.
  std::vector<Unseen> unseen;
  std::vector<WaivedGap> waived_gaps;  ///< They are not among what is unseen.
};

}  // namespace kmodsec
