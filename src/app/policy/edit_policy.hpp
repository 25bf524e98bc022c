// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the verbs share that edit the policy before the host follows it.
#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/policy/policy.hpp"

namespace kmodsec {

struct PolicyEditOptions : ChangeOptions {
  std::vector<std::string> names;  ///< Of modules.
  std::vector<std::string> profiles;
  bool autoload_by_users = false;  ///< What users can have the kernel load.
  bool everything_else = false;    ///< What the host does not have to keep.
};

/// The modules that are named, as the kernel spells them.
std::vector<std::string> modules_of(const PolicyEditOptions& options);

/// Nothing, once a module or a profile is named.
Result<void> something_is_named(const PolicyEditOptions& options);

/// An error of kind `usage` for a profile that this host does not have, with the nearest name.
Result<void> profiles_are_known(const PolicyEditOptions& options);

/// The policy that the host has now, as it is written.
Result<Policy> written_policy_of_host(const Options& options);

/// The same, its denies with what lists add to them that
/// depend on the host: `deny.autoload_by_users` and `deny.everything_else`.
Result<Policy> policy_of_host(const Options& options);

/// The modules that the names stand for. What the policy denies is known by its name, whether the
/// host has it or not; of other names the host's modules, aliases and files are asked.
Result<std::vector<std::string>> denied_modules(const PolicyEditOptions& options,
                                                const Policy& policy);

/// The same for a verb that opens modules: where the policy denies everything else, or is to, every
/// module of the host can be kept by its name.
Result<std::vector<std::string>> modules_to_keep(const PolicyEditOptions& options,
                                                 const Policy& policy);

/// Every module of the profiles that the policy denies, those included that it names itself.
Result<std::vector<std::string>> modules_of_denied_profiles(const Options& options,
                                                            const Policy& policy);

/// An error of kind `usage` for the first module that the policy does not deny.
Result<void> are_denied(const std::vector<std::string>& modules, const Policy& policy);

}  // namespace kmodsec
