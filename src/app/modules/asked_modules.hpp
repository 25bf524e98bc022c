// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// A machine, and the modules that were asked about, by their normalised names.
struct AskedModules {
  Facts facts;
  std::vector<std::string> modules;
};

/// Reads a machine with the files of these modules.
using ReadFilesOf = std::function<Result<Facts>(const std::vector<std::string>& modules)>;

/// Reads the machine for the modules that `words` of the command line stand for, and for those in
/// `also`: once where each word is the name or the file of a module, and twice where one is an
/// alias, as it takes the indexes to tell whose files that means. The errors are those of
/// `modules_named`.
Result<AskedModules> read_twice_for_aliases(const Options& options,
                                            const std::vector<std::string>& words,
                                            const std::vector<std::string>& also,
                                            const ReadFilesOf& read);

}  // namespace kmodsec
