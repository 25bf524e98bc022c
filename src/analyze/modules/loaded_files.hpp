// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Leaves of the module files of a whole machine those that are read where only what is loaded or
/// `named` is asked about: of each such module the file that modprobe would take, or, where no
/// index names it, every file of that name. So a snapshot is judged as its machine would be.
void keep_files_of_loaded(Facts& facts, const std::vector<std::string>& named = {});

/// The same where only what is named is asked about.
void keep_files_named(Facts& facts, const std::vector<std::string>& named);

}  // namespace kmodsec
