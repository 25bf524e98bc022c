// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyze/loading/load_paths.hpp"
#include "model/check.hpp"

namespace kmodsec {

/// A deny whose modules no policy names: which ones they are depends on the kernels.
struct DenyOfHost {
  std::string_view key;    ///< Of the policy: "deny.autoload_by_users".
  std::string_view which;  ///< What its modules have in common, behind their name: "which ...".
  std::vector<PolicyDeny> denies;
};

/// Of denies that follow from the host, those that are left where not all was seen for which a
/// module may be kept: kmodsec has denied these before, so that the policy denies them for sure.
void leave_sure_denies(const Facts& facts, std::vector<PolicyDeny>& denies);

/// Why it is not known whether the module is denied: a program runs in its place, or a list was not
/// seen.
Unseen undecided(const ModuleLoadPaths& module);

/// Whether the kernel can be asked about its modules.
bool is_indexed(const ModuleTree& tree);

/// What hides a line or an image that decides about a module.
std::vector<Unseen> unseen_of_denies(const Facts& facts);

/// One finding for all of these modules that one kernel would load, as one apply closes them. Of
/// what a program decides the gap is noted.
std::optional<Finding> open_of_host(const DenyOfHost& deny, const ModuleTree& tree,
                                    const LoadPaths& load_paths, std::vector<Unseen>& unseen);

}  // namespace kmodsec
