// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "model/policy/plan.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {

/// What stands at a path of the host.
using StateOf = std::function<Result<FileState>(const std::string& path)>;

/// What has to be written, folders that are not there first.
struct Edits {
  std::vector<FileEdit> list;
  std::vector<Unseen>
      unreadable;  ///< Files that this user may not read: what they need is not known.
};

/// Any other error of `state_of` than `denied` ends it: what cannot be read cannot be restored.
Result<Edits> edits_for(const PlanInput& input, const StateOf& state_of);

/// The programs that have to run after these edits. `after` is the configuration as it will be:
/// an image whose copy of our files differs from it is rebuilt as well.
std::vector<Action> actions_for(const PlanInput& input, const std::vector<FileEdit>& edits,
                                const LoadConfig& after);

/// Whether these edits change what the makers of initramfs images copy, or how they do.
bool concerns_images(const std::vector<FileEdit>& edits);

/// The initramfs images that these edits leave with another copy of our files than the host has,
/// and that no program in `made_anew` has made: what rebuilds them.
std::vector<Action> rebuilds_after(const std::vector<ModuleTree>& trees,
                                   const std::vector<FileEdit>& edits,
                                   const std::vector<std::string>& made_anew);

/// What the policy denies and would still get in, and what hides whether a deny holds, as
/// POLICY-003 judges it.
struct OpenDenies {
  std::vector<OpenDeny> open;
  std::vector<Unseen> unseen;
};

/// `facts` as they will be.
OpenDenies open_denies(const Facts& facts, const std::vector<PolicyDeny>& denies);

/// The modules of a kernel, and what is built in, as far as its indexes were seen.
std::set<std::string> names_seen_of(const ModuleTree& tree);

/// Every module that the policy names, but for those of its profiles.
std::set<std::string> modules_named_in(const Policy& policy);

/// The first module in the policy that no index of an installed kernel has and that is not known
/// `elsewhere`, by a profile or a file, with the nearest one or the module of which it is an alias,
/// and the first waiver of a check that is none. Where an index of a kernel was not seen, every
/// name may be one of its modules.
Result<void> names_are_known(const Facts& facts, const std::vector<std::string>& elsewhere);

/// What this plan does not do: parts that need a program which the host does not have, modules
/// that stay loaded.
std::vector<std::string> notes_on(const PlanInput& input);

/// What is kept in each other kernel under a name that the running one does not know: modules that
/// were split or renamed, or are new. Empty where the policy does not deny everything else.
std::vector<std::string> notes_on_kernels(const PlanInput& input);

}  // namespace kmodsec
