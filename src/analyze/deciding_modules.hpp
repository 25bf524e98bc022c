// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// What somebody asks about: modules by their normalised names, and requests of the kernel.
struct AskedLoadPaths {
  std::vector<std::string> modules;
  std::vector<std::string> requests;
  bool all = false;  ///< Every module of the kernel.
};

/// The modules whose files decide about these load paths: a kernel refuses a file that is damaged
/// or was altered, and with it all that needs it. They are the modules that are asked about, those
/// that bring one of them along, and what each of these needs, as far as the indexes of a kernel
/// name them; sorted. Needs `Part::indexes` and `Part::load_config`, and no file of a module.
std::vector<std::string> modules_that_decide(const Facts& facts, const AskedLoadPaths& asked);

}  // namespace kmodsec
