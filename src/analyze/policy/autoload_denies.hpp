// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "model/policy/plan.hpp"

namespace kmodsec {

/// What `deny.autoload_by_users` comes to on a host. Both lists are sorted by module.
struct AutoloadDenies {
  std::vector<PolicyDeny> denies;
  std::vector<KeptModule> kept;
  std::vector<Unseen> unseen;  ///< Without which a list may be too short or too long.
};

/// The modules that a user without a privilege can have an installed kernel load by a request of
/// the kernel: by a socket, a file system, a line discipline, a cipher, a device node and the like
/// (see load_paths.hpp). What is brought along by these alone is closed with them. Not denied are
/// those that `deny.except` or [keep] names or an exception opens, what the policy loads, what boot
/// needs, and what is loaded at the moment, unless kmodsec denies that already: a deny does not end
/// because root has loaded the module.
///
/// It does not depend on what closes requests for a while only (kernel.modprobe, modules_disabled,
/// closed user namespaces), nor on the file that it leads to. Empty where the policy does not ask
/// for it.
AutoloadDenies autoload_denies(const Facts& facts);

/// Denies none of what is kept under `deny.everything_else`, as it is known better: by the classes,
/// the record and the hardware of the host as well.
void leave_kept(const KeepSet& set, std::vector<PolicyDeny>& denies);

/// Denies of the policy and others, each module once, by the first that denies it.
std::vector<PolicyDeny> with_autoload(std::vector<PolicyDeny> denies,
                                      const std::vector<PolicyDeny>& more);

}  // namespace kmodsec
