// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/usage/keep_set.hpp"
#include "model/usage/lean_export.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The answer of `learn propose`.
struct KeepSetReport {
  const Facts* facts = nullptr;
  KeepSet set;
  std::vector<HostShare> hosts;  ///< The others of a union, in the order of --from.
  std::vector<Unseen> unseen;    ///< Those of the set, and what was not read of other hosts.
};

/// How many modules of the closed ones whom it takes to bring in, the easiest first.
std::map<AttackerPosition, std::size_t> closed_by_reach(const KeepSet& set);

/// Counts and names; with `in_full` each module with its reason.
std::string print_keep_set_text(const KeepSetReport& report, const Style& style, bool in_full);
std::string print_keep_set_json(const KeepSetReport& report);

}  // namespace kmodsec
