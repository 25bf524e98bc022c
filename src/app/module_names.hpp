// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the words of a command line stand for, the same for every verb that takes "names, aliases or
// files of modules".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// As for modinfo(8): what has a slash in it is the path of a file.
bool is_path_of_module(const std::string& asked);

/// That file: below `--root` one of that tree, else relative to the current folder.
std::string path_of_module(const std::string& asked, const Options& options);

/// The modules that a word stands for, by their normalised names: a file for the module of its name
/// (up to the first dot), a name for itself, an alias for each module that modprobe would try. None
/// where nothing is known by it. Needs `Part::indexes`, and `Part::load_config` for the aliases of
/// modprobe.d.
std::vector<std::string> modules_named(const Facts& facts, const std::string& asked);

/// The same of several, each module once. A word that nothing is known by stands for a module of
/// that name, unless no module could have it. An error of kind `usage` for that, and for a file
/// that is not there; in a snapshot no file is looked for.
Result<std::vector<std::string>> modules_named(const Facts& facts, const Options& options,
                                               const std::vector<std::string>& asked);

/// Reads what that needs.
Result<std::vector<std::string>> resolve_modules(const Options& options,
                                                 const std::vector<std::string>& asked);

/// An error for the first word by which nothing is known: no kernel here, no profile, no policy, no
/// line of the configuration and no table of vulnerabilities has such a module. One that a list
/// names and no kernel has may be asked about. Nothing is wrong where not every list of the kernels
/// was seen.
std::optional<Error> unknown_name(const Facts& facts, const Options& options,
                                  const std::vector<std::string>& asked);

/// Says that there is none, with the nearest name of those that are there.
Error no_such_module(const Facts& facts, const std::string& asked);

}  // namespace kmodsec
