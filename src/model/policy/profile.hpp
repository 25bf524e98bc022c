// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// A module that a profile denies, and why.
struct ProfileModule {
  std::string name;    ///< As the kernel spells it.
  std::string reason;  ///< What it exposes.
  std::string source;  ///< Who says so: a document, a file of a distribution, an address.
  std::string breaks;  ///< What stops working without it; empty when nothing is known to.
};

/// A named list of modules to deny.
struct Profile {
  std::string name;
  std::string title;
  std::string description;
  std::vector<std::string> includes;
  std::vector<ProfileModule> modules;
  std::string file;  ///< The administrator's; empty when it came with the program.
};

/// The profile of a name. The error, of kind `usage`, has the nearest name or all of them.
Result<const Profile*> find_profile(const std::vector<Profile>& profiles, const std::string& name);

}  // namespace kmodsec
