// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/check.hpp"

namespace kmodsec {

/// An install line that runs true(1), false(1) or the like: nothing loads.
bool is_install_deny(const ConfigLine& line);

/// An install line of that sort, or a blacklist line.
bool is_deny(const ConfigLine& line);

/// A deny that the machine's owner may have written: below /etc, /run or /usr/local. Those of
/// distributions are made for all their kernels and machines, and POLICY-003 judges those of the
/// policy.
bool is_local_deny(const ConfigLine& line);

/// A name with wildcards stands for many modules.
bool is_pattern(const ConfigLine& line);

/// Its name as the line has it: an alias is not the name of a module, and has no normalised form.
std::string written_name(const ConfigLine& line);

/// The same of what the kernel or udev asks for, and the normalised name of anything else.
std::string shown_name(const ConfigLine& line);

Evidence evidence_of(const ConfigLine& line);

/// What modprobe reads and could not be read, or is another than the host has.
std::vector<Unseen> unseen_configuration(const Facts& facts);

/// The same of files that set the environment: most users cannot read those of root.
std::vector<Unseen> unseen_environment(const Facts& facts);

/// What sets kernel.modprobe while the system starts, and could not be read.
std::vector<Unseen> unseen_loader_settings(const Facts& facts);

/// Lines that a check is about.
using PickLine = std::function<bool(const ConfigLine& line)>;
std::vector<const ConfigLine*> lines_that(const LoadConfig& config, const PickLine& concerns);

/// A program that install or remove lines of modprobe.d start, and these lines: at least one. What
/// the shell does itself is none.
struct StartedProgram {
  const InstallProgram* program;
  std::vector<const ConfigLine*> lines;
  bool is_to_deny = false;  ///< One of the lines denies, if the program is what its name says.
};
std::vector<StartedProgram> started_programs(const LoadConfig& config);

/// "/etc/modprobe.d/a.conf:1 and 3 more lines".
std::string places_of(const StartedProgram& started);

/// Why no installed kernel can be asked about its modules: that was seen. Nothing when one can, or
/// when they are hidden.
std::optional<std::string> why_no_modules(const Facts& facts);

/// What hides that a kernel is installed, or which modules it has.
std::vector<Unseen> unseen_kernels(const Facts& facts);

/// Installed kernels whose indexes were all seen, by release. Gaps of the others, and what hides
/// kernels, go into `unseen`.
std::vector<const ModuleTree*> indexed_trees(const Facts& facts, std::vector<Unseen>& unseen);

/// What hides a load path of any installed kernel: its indexes, a line of the configuration, or the
/// kernel itself.
std::vector<Unseen> unseen_load_paths(const Facts& facts);

/// All of them; nothing as long as one of them was not seen, as that one may know a name that the
/// others do not.
std::optional<std::vector<const ModuleTree*>> all_kernels(const Facts& facts,
                                                          std::vector<Unseen>& unseen);

/// Asks `find` about each installed kernel, when there is a line that `concerns` picks. What is
/// said of several kernels is said once, with the evidence of each.
using FindInTree = std::function<std::vector<Finding>(const ModuleTree& tree)>;
Verdict judge_trees(const Facts& facts, const PickLine& concerns, const FindInTree& find);

/// Findings with the same words become one, with the evidence of all.
std::vector<Finding> merged(std::vector<Finding> findings);

}  // namespace kmodsec
